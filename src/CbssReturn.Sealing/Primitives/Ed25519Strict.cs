using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CbssReturn.Sealing.Primitives;

/// <summary>Ed25519 with one answer for every signature.</summary>
/// <remarks>
/// <para>References: RFC 8032; design rule 2 (docs/spec/referral-packet.md, section 3).</para>
/// <para>Sizes in bytes: seed 32, expanded key 64, public key 32, signature 64.</para>
/// <para>Verifying is <see cref="Ed25519PublicKey"/>'s. Libraries disagree on signatures whose points are of small or
/// mixed order or not canonical, so a hostile sender could split the views of two nodes. Therefore the public key
/// <b>and</b> R must be canonical points of prime order; then every verification equation gives the same answer.</para>
/// <para>The caller must never sign with a public key that does not belong to the expanded key: two signatures over one
/// message under two public keys give the private key away.</para>
/// </remarks>
internal static class Ed25519Strict
{
    /// <summary>Size of a private seed, in bytes.</summary>
    public const int SeedSizeBytes = 32;

    /// <summary>Size of SHA-512 of the seed, from which one signs, in bytes.</summary>
    public const int ExpandedSizeBytes = 64;

    /// <summary>Size of a public key, in bytes.</summary>
    public const int PublicKeySizeBytes = 32;

    /// <summary>Size of a signature, in bytes.</summary>
    public const int SignatureSizeBytes = 64;

    /// <summary>Computes what is kept for signing.</summary>
    public static void Expand(ReadOnlySpan<byte> seed, Span<byte> expanded, Span<byte> publicKey)
    {
        SHA512.HashData(seed, expanded);
        Ed25519.GeneratePublicKey(seed, publicKey);
    }

    /// <summary>Signs; the same message gets the same signature.</summary>
    public static void Sign(
        ReadOnlySpan<byte> expanded, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature) =>
        Ed25519.ExpandedKey.Sign(expanded, publicKey, message, signature);
}
