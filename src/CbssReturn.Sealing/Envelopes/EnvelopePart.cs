namespace CbssReturn.Sealing;

/// <summary>One line of the table of parts in an envelope's head.</summary>
/// <param name="Commitment">Commitment to the part's key (docs/spec/referral-packet.md, section 4.3).</param>
/// <param name="CiphertextDigest">SHA-256 of the part's ciphertext.</param>
/// <param name="CiphertextSizeBytes">Size of the part's ciphertext: a power of two of 2 KiB to 4 MiB, and 16 bytes of
/// tag.</param>
public readonly record struct EnvelopePart(Digest Commitment, Digest CiphertextDigest, int CiphertextSizeBytes);
