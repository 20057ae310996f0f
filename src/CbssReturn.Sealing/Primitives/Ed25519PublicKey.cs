using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CbssReturn.Sealing.Primitives;

/// <summary>An Ed25519 public key of prime order, and strict verification under it.</summary>
/// <remarks>
/// <para>References: RFC 8032; design rule 2 (docs/spec/referral-packet.md, section 3).</para>
/// <para>Sizes in bytes: public key 32, signature 64.</para>
/// <para>The caller must never verify with the bytes of a key that was not parsed here.</para>
/// </remarks>
internal sealed class Ed25519PublicKey
{
    private readonly Ed25519.PublicPoint _point;

    private Ed25519PublicKey(Ed25519.PublicPoint point) => _point = point;

    /// <summary>Checks a public key: 32 bytes, canonical, of prime order.</summary>
    /// <returns>The key, or null when it must not be used.</returns>
    public static Ed25519PublicKey? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Ed25519Strict.PublicKeySizeBytes
        && Ed25519.ValidatePublicKeyFullExport(bytes) is { } point
            ? new Ed25519PublicKey(point)
            : null;

    /// <summary>Verifies strictly.</summary>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">Any number of bytes; only 64 can be right.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519Strict.SignatureSizeBytes
        && Ed25519.Verify(signature, _point, message)
        && Ed25519.ValidatePublicKeyFull(signature[..Ed25519Strict.PublicKeySizeBytes]);
}
