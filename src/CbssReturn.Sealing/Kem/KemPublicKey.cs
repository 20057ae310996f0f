using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>A public X-Wing key to which envelopes are sealed. Checked when read; immutable.</summary>
/// <remarks>See docs/spec/referral-packet.md, section 2.</remarks>
public sealed class KemPublicKey
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = XWing.PublicKeySizeBytes;

    private readonly MlKem768PublicKey _mlKem;

    private KemPublicKey(byte[] bytes, MlKem768PublicKey mlKem)
    {
        _mlKem = mlKem;
        Bytes = bytes;
        Rid = KeyId.FromBytes(TranscriptHash.ComputeOne("enckey", bytes).ToArray());
    }

    /// <summary>Names the key: <c>rid</c> = D("enckey", public key).</summary>
    public KeyId Rid { get; }

    /// <summary>The 1,216 bytes of the key.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Checks and takes a public key.</summary>
    /// <param name="bytes">The key, of any size.</param>
    /// <returns>The key, or a refusal with <see cref="RefusalCode.KeyMalformed"/> when the size is wrong or the ML-KEM
    /// half fails the modulus check, or <see cref="RefusalCode.KeyWeak"/> when the X25519 half is of low
    /// order.</returns>
    public static Result<KemPublicKey> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            return new Refusal(RefusalCode.KeyMalformed, $"An envelope key has {SizeBytes} bytes.", "public");
        }

        if (X25519Strict.IsLowOrder(bytes[MlKem768PublicKey.SizeBytes..]))
        {
            return new Refusal(RefusalCode.KeyWeak, "The X25519 half of the envelope key is of low order.", "public");
        }

        return MlKem768PublicKey.Parse(bytes[..MlKem768PublicKey.SizeBytes]) is { } mlKem
            ? new KemPublicKey(bytes.ToArray(), mlKem)
            : new Refusal(RefusalCode.KeyMalformed, "The ML-KEM half of the envelope key is not reduced.", "public");
    }

    /// <summary>Encapsulates to the key.</summary>
    /// <param name="randomness">64 fresh secret bytes; given ones only to check vectors.</param>
    /// <param name="ciphertext">Receives 1,120 bytes.</param>
    /// <param name="shared">Receives 32 bytes; the caller zeroes them.</param>
    internal void Encapsulate(ReadOnlySpan<byte> randomness, Span<byte> ciphertext, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(randomness.Length, XWing.RandomnessSizeBytes);
        var ephemeral = randomness[MlKem768PublicKey.SecretSizeBytes..];
        var x25519PublicKey = Bytes.Span[MlKem768PublicKey.SizeBytes..];
        var x25519Ciphertext = ciphertext[MlKem768PublicKey.CiphertextSizeBytes..];
        Span<byte> secrets = stackalloc byte[64];
        try
        {
            _mlKem.Encapsulate(
                randomness[..MlKem768PublicKey.SecretSizeBytes],
                ciphertext[..MlKem768PublicKey.CiphertextSizeBytes],
                secrets[..32]);
            X25519Strict.GetPublicKey(ephemeral, x25519Ciphertext);
            if (!X25519Strict.TryAgree(ephemeral, x25519PublicKey, secrets[32..]))
            {
                throw new CryptographicException("A key of low order got past the check.");
            }

            XWing.Combine(secrets[..32], secrets[32..], x25519Ciphertext, x25519PublicKey, shared);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }
}
