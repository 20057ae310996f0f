using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>A private X-Wing key: its 32-byte seed is expanded once and kept. Safe to share between threads until
/// disposed; disposing zeroes it.</summary>
/// <remarks>Never log it, never store its seed but sealed (docs/spec/referral-packet.md, section 2).</remarks>
public sealed class KemPrivateKey : IDisposable
{
    /// <summary>Size of the private seed, in bytes.</summary>
    public const int SeedSizeBytes = XWing.SeedSizeBytes;

    private readonly SecretBytes _seed;
    private readonly SecretBytes _x25519;
    private readonly MlKem768PrivateKey _mlKem;

    private KemPrivateKey(SecretBytes seed)
    {
        _seed = seed;
        Span<byte> expanded = stackalloc byte[MlKem768PrivateKey.SeedSizeBytes + X25519Strict.SizeBytes];
        Span<byte> publicKey = stackalloc byte[XWing.PublicKeySizeBytes];
        Sha3.Shake(seed.Span, expanded);
        _mlKem = MlKem768PrivateKey.FromSeed(expanded[..MlKem768PrivateKey.SeedSizeBytes]);
        _x25519 = new SecretBytes(expanded[MlKem768PrivateKey.SeedSizeBytes..]);
        CryptographicOperations.ZeroMemory(expanded);
        _mlKem.CopyPublicKeyTo(publicKey);
        X25519Strict.GetPublicKey(_x25519.Span, publicKey[MlKem768PublicKey.SizeBytes..]);
        Public = KemPublicKey.Parse(publicKey).Value;
    }

    /// <summary>The public half.</summary>
    public KemPublicKey Public { get; }

    /// <summary>Names the key.</summary>
    public KeyId Rid => Public.Rid;

    /// <summary>Draws a new key from the operating system's random generator.</summary>
    public static KemPrivateKey Generate() => new(SecretBytes.NewRandom(SeedSizeBytes));

    /// <summary>Makes the key of a seed.</summary>
    /// <param name="seed">Exactly 32 secret bytes; the caller zeroes its own copy.</param>
    /// <exception cref="ArgumentException">The size is another.</exception>
    public static KemPrivateKey FromSeed(ReadOnlySpan<byte> seed) => seed.Length == SeedSizeBytes
        ? new KemPrivateKey(new SecretBytes(seed))
        : throw new ArgumentException($"A seed has {SeedSizeBytes} bytes.", nameof(seed));

    /// <summary>Writes the seed, to be sealed at once.</summary>
    /// <param name="destination">At least 32 bytes; the caller zeroes them.</param>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public void CopySeedTo(Span<byte> destination) => _seed.CopyTo(destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        _seed.Dispose();
        _x25519.Dispose();
        _mlKem.Dispose();
    }

    /// <summary>Decapsulates.</summary>
    /// <param name="ciphertext">Any number of bytes; only 1,120 can be right.</param>
    /// <param name="shared">Receives 32 bytes; the caller zeroes them.</param>
    /// <returns>False when the size is wrong or the X25519 share is of low order. A wrong ciphertext of the right size
    /// gives true and a secret that nobody else has.</returns>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    internal bool TryDecapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> shared)
    {
        if (ciphertext.Length != XWing.CiphertextSizeBytes)
        {
            return false;
        }

        var x25519Ciphertext = ciphertext[MlKem768PublicKey.CiphertextSizeBytes..];
        Span<byte> secrets = stackalloc byte[64];
        try
        {
            if (!X25519Strict.TryAgree(_x25519.Span, x25519Ciphertext, secrets[32..])
                || !_mlKem.TryDecapsulate(ciphertext[..MlKem768PublicKey.CiphertextSizeBytes], secrets[..32]))
            {
                return false;
            }

            XWing.Combine(
                secrets[..32],
                secrets[32..],
                x25519Ciphertext,
                Public.Bytes.Span[MlKem768PublicKey.SizeBytes..],
                shared);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }
}
