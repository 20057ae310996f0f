using System.Security.Cryptography;

namespace CbssReturn.Sealing.Primitives;

/// <summary>Derives from a secret that is used once both the key of one ChaCha20-Poly1305 and a commitment to it:
/// k ‖ commitment = HKDF-Expand(secret, label, 64).</summary>
/// <remarks>
/// <para>Reference: docs/spec/referral-packet.md, sections 4 and 11; design rule 4.</para>
/// <para>Sizes in bytes: secret 32, commitment 32.</para>
/// <para>The key is used once, so the nonce is zero. The commitment is bound by being derived beside the key from one
/// secret: it is derived again and compared at every opening, before the cipher runs.</para>
/// <para>The caller must never seal twice under one secret and label.</para>
/// </remarks>
internal static class CommittingKey
{
    /// <summary>Size of a secret, in bytes.</summary>
    public const int SecretSizeBytes = 32;

    /// <summary>Size of a commitment, in bytes.</summary>
    public const int CommitmentSizeBytes = 32;

    /// <summary>Size of key and commitment together, in bytes.</summary>
    public const int DerivedSizeBytes = ChaChaPoly.KeySizeBytes + CommitmentSizeBytes;

    private static ReadOnlySpan<byte> ZeroNonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Derives both halves; the caller zeroes them.</summary>
    /// <param name="secret">32 secret bytes.</param>
    /// <param name="label">What it is for.</param>
    /// <param name="derived">Receives key 32 ‖ commitment 32.</param>
    public static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, Span<byte> derived) =>
        HkdfSha256.Expand(secret, label, derived[..DerivedSizeBytes]);

    /// <summary>Returns the commitment half.</summary>
    public static ReadOnlySpan<byte> CommitmentOf(ReadOnlySpan<byte> derived) => derived[ChaChaPoly.KeySizeBytes..];

    /// <summary>Seals with the key half.</summary>
    public static void Seal(
        ReadOnlySpan<byte> derived,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext) =>
        ChaChaPoly.Seal(derived[..ChaChaPoly.KeySizeBytes], ZeroNonce, associated, plaintext, ciphertext);

    /// <summary>Compares the commitment in constant time, then opens.</summary>
    /// <returns>False when either does not fit; the plaintext is then zeroed or untouched.</returns>
    public static bool TryOpen(
        ReadOnlySpan<byte> derived,
        ReadOnlySpan<byte> commitment,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext) =>
        CryptographicOperations.FixedTimeEquals(CommitmentOf(derived), commitment)
        && ChaChaPoly.TryOpen(derived[..ChaChaPoly.KeySizeBytes], ZeroNonce, associated, ciphertext, plaintext);
}
