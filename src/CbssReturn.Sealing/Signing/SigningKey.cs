using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>A private Ed25519 key that signs records by the <see cref="SigningRule"/>. Safe to share between threads
/// until disposed; disposing zeroes it.</summary>
/// <remarks>Never log it, never serialise it but into the keystore (docs/spec/referral-packet.md, section 2).</remarks>
public sealed class SigningKey : IDisposable
{
    /// <summary>Size of the private seed, in bytes.</summary>
    public const int SeedSizeBytes = Ed25519Strict.SeedSizeBytes;

    private readonly SecretBytes _seed;
    private readonly SecretBytes _expanded;

    private SigningKey(SecretBytes seed)
    {
        _seed = seed;
        _expanded = new SecretBytes(Ed25519Strict.ExpandedSizeBytes);
        Span<byte> publicKey = stackalloc byte[Ed25519Strict.PublicKeySizeBytes];
        Ed25519Strict.Expand(seed.Span, _expanded.Span, publicKey);
        Public = VerifyingKey.Parse(publicKey).Value;
    }

    /// <summary>The public half.</summary>
    public VerifyingKey Public { get; }

    /// <summary>Names the key.</summary>
    public KeyId Kid => Public.Kid;

    /// <summary>Draws a new key from the operating system's random generator.</summary>
    public static SigningKey Generate() => new(SecretBytes.NewRandom(SeedSizeBytes));

    /// <summary>Makes the key of a seed.</summary>
    /// <param name="seed">Exactly 32 secret bytes; the caller zeroes its own copy.</param>
    /// <exception cref="ArgumentException">The size is another.</exception>
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed) => seed.Length == SeedSizeBytes
        ? new SigningKey(new SecretBytes(seed))
        : throw new ArgumentException($"A seed has {SeedSizeBytes} bytes.", nameof(seed));

    /// <summary>Writes the seed, for the keystore only.</summary>
    /// <param name="destination">At least 32 bytes; the caller zeroes them.</param>
    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public void CopySeedTo(Span<byte> destination) => _seed.CopyTo(destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        _seed.Dispose();
        _expanded.Dispose();
    }

    /// <summary>Signs a message of the signing rule. Anything else must not be signed with this key.</summary>
    internal void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        // A copy on the stack: signing with a key that is zeroed halfway would give the private key away.
        Span<byte> expanded = stackalloc byte[Ed25519Strict.ExpandedSizeBytes];
        _expanded.CopyTo(expanded);
        Ed25519Strict.Sign(expanded, Public.Bytes.Span, message, signature);
        CryptographicOperations.ZeroMemory(expanded);
    }
}
