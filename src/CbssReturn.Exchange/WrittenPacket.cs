using CbssReturn.Sealing;

namespace CbssReturn.Exchange;

/// <summary>A packet as parts, ready to be sealed.</summary>
/// <param name="Parts">8, 16 or 32 plaintext parts, unpadded.</param>
/// <param name="Sections">The lines of its sections, as the recipient will read them.</param>
/// <param name="ExcerptDigest">SHA-256 of the excerpt's bytes; null when there is no section.</param>
public sealed record WrittenPacket(
    IReadOnlyList<ReadOnlyMemory<byte>> Parts, IReadOnlyList<ReceivedSection> Sections, Digest? ExcerptDigest);
