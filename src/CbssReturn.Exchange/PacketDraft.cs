using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;

namespace CbssReturn.Exchange;

/// <summary>A packet before it is written: what to say, and the consent that allows it.</summary>
public sealed record PacketDraft
{
    /// <summary>What the packet is.</summary>
    public required PacketHeading Heading { get; init; }

    /// <summary>The coded answer or question; null for kinds that have none.</summary>
    public CodedAnswer? Answer { get; init; }

    /// <summary>The excerpt for this recipient; there exactly when there is a section.</summary>
    public ConsentExcerpt? Excerpt { get; init; }

    /// <summary>The sections; each must be covered by <see cref="Excerpt"/>.</summary>
    public IReadOnlyList<SectionDraft> Sections { get; init; } = [];
}
