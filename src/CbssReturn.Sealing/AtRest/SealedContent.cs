namespace CbssReturn.Sealing;

/// <summary>Content as it lies at rest: sealed under a key of its own, which is wrapped under a day's key.</summary>
/// <param name="KekId">Day number of the key-encryption key that wraps <paramref name="WrappedKey"/>.</param>
/// <param name="WrappedKey">The content's own key, wrapped.</param>
/// <param name="Ciphertext">The sealed content.</param>
public sealed record SealedContent(uint KekId, byte[] WrappedKey, byte[] Ciphertext);
