using System.Security.Cryptography;

namespace CbssReturn.Bench.Sealing;

/// <summary>The least that any implementation of the suite must compute for one packet, all of it native: one X-Wing
/// encapsulation or decapsulation, one Ed25519 signature or verification, one ChaCha20-Poly1305 and one SHA-256 a part.
/// No parsing, no key schedule, no commitments, no allocation.</summary>
internal sealed class Floor
{
    private const int TagSizeBytes = 16;

    private readonly byte[] _kemPublic = new byte[1216];
    private readonly byte[] _kemPrivate = new byte[32];
    private readonly byte[] _signPublic = new byte[32];
    private readonly byte[] _signPrivate = new byte[64];
    private readonly byte[] _enc = new byte[1120];
    private readonly byte[] _shared = new byte[32];
    private readonly byte[] _signature = new byte[64];
    private readonly byte[] _nonce = new byte[12];
    private readonly byte[] _aad = new byte[32];
    private readonly byte[] _hash = new byte[32];
    private readonly byte[][] _plaintexts;
    private readonly byte[][] _ciphertexts;

    public Floor(IEnumerable<int> paddedPartSizes)
    {
        if (Sodium.Initialize() < 0)
        {
            throw new InvalidOperationException("libsodium does not start.");
        }

        _ = Sodium.XWingKeyPair(_kemPublic, _kemPrivate, RandomNumberGenerator.GetBytes(32));
        _ = Sodium.SignKeyPair(_signPublic, _signPrivate, RandomNumberGenerator.GetBytes(32));
        _plaintexts = [.. paddedPartSizes.Select(size => new byte[size])];
        _ciphertexts = [.. _plaintexts.Select(part => new byte[part.Length + TagSizeBytes])];
    }

    public void Seal()
    {
        Check(Sodium.XWingEncapsulate(_enc, _shared, _kemPublic));
        for (var part = 0; part < _plaintexts.Length; part++)
        {
            var plaintext = _plaintexts[part];
            Check(Sodium.Encrypt(
                _ciphertexts[part],
                out _,
                plaintext,
                (ulong)plaintext.Length,
                _aad,
                (ulong)_aad.Length,
                0,
                _nonce,
                _shared));
            SHA256.HashData(_ciphertexts[part], _hash);
        }

        Check(Sodium.Sign(_signature, 0, _hash, (ulong)_hash.Length, _signPrivate));
    }

    public void Open()
    {
        Check(Sodium.Verify(_signature, _hash, (ulong)_hash.Length, _signPublic));
        Check(Sodium.XWingDecapsulate(_shared, _enc, _kemPrivate));
        for (var part = 0; part < _plaintexts.Length; part++)
        {
            var ciphertext = _ciphertexts[part];
            SHA256.HashData(ciphertext, _hash);
            Check(Sodium.Decrypt(
                _plaintexts[part],
                out _,
                0,
                ciphertext,
                (ulong)ciphertext.Length,
                _aad,
                (ulong)_aad.Length,
                _nonce,
                _shared));
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException("A primitive of the floor failed.");
        }
    }
}
