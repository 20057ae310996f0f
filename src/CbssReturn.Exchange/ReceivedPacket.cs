using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange;

/// <summary>What a packet says, every rule of its form checked. Holds no section's content: that is opened when
/// somebody looks at it.</summary>
public sealed record ReceivedPacket
{
    /// <summary>What the packet is.</summary>
    public required PacketHeading Heading { get; init; }

    /// <summary>The coded answer or question; null for kinds that have none.</summary>
    public CodedAnswer? Answer { get; init; }

    /// <summary>The consent excerpt; null when there is no section.</summary>
    public ConsentExcerpt? Excerpt { get; init; }

    /// <summary>SHA-256 of the excerpt as it came; null when there is no section.</summary>
    public Digest? ExcerptDigest { get; init; }

    /// <summary>The sections, in the order of their parts.</summary>
    public required IReadOnlyList<ReceivedSection> Sections { get; init; }
}
