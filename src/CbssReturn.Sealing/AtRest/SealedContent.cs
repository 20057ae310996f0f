namespace CbssReturn.Sealing;

/// <summary>Content as it lies at rest: sealed under a key of its own, which is wrapped under a day's key.</summary>
/// <remarks>Bound to its table and row: elsewhere it does not open (docs/spec/referral-packet.md, section
/// 11).</remarks>
/// <param name="KekId">Day number of the key-encryption key that wraps <paramref name="WrappedKey"/>.</param>
/// <param name="WrappedKey">The content's own key, wrapped; <see cref="WrappedKeySizeBytes"/> bytes.</param>
/// <param name="Ciphertext">Commitment 32 ‖ ciphertext ‖ tag 16; <see cref="OverheadSizeBytes"/> bytes more than the
/// content.</param>
public sealed record SealedContent(uint KekId, byte[] WrappedKey, byte[] Ciphertext)
{
    /// <summary>Size of a wrapped key, in bytes: salt 16 ‖ commitment 32 ‖ key 32 ‖ tag 16.</summary>
    public const int WrappedKeySizeBytes = 96;

    /// <summary>By how much the ciphertext is larger than the content, in bytes.</summary>
    public const int OverheadSizeBytes = 48;

    /// <summary>Largest content, in bytes.</summary>
    public const int ContentSizeBytesMax = 16 * 1024 * 1024;
}
