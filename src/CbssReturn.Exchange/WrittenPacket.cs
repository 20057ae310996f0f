namespace CbssReturn.Exchange;

/// <summary>A packet as parts, ready to be sealed.</summary>
/// <param name="Parts">8, 16 or 32 plaintext parts, unpadded.</param>
/// <param name="Sections">The lines of its sections, as the recipient will read them.</param>
public sealed record WrittenPacket(
    IReadOnlyList<ReadOnlyMemory<byte>> Parts, IReadOnlyList<ReceivedSection> Sections);
