using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;

namespace CbssReturn.Exchange;

/// <summary>What a packet is, apart from what it holds: the manifest without its table of parts
/// (docs/spec/referral-packet.md, section 5).</summary>
public sealed record PacketHeading
{
    /// <summary>What the packet asks or says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>How much may be told in it.</summary>
    public required DisclosureStage Stage { get; init; }

    /// <summary>Names the conversation; only meaningful together with the peer.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>Place in the conversation for its direction, counted from 1. A reseal keeps it.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Stable name of what is said. A reseal keeps it.</summary>
    public required MessageId Message { get; init; }

    /// <summary>How soon an answer is needed.</summary>
    public required Priority Priority { get; init; }

    /// <summary>When an answer is due, in UTC, whole seconds; null when none is asked for.</summary>
    public DateTimeOffset? RespondBy { get; init; }

    /// <summary>What the two organisations call the person.</summary>
    public required CaseAlias Alias { get; init; }

    /// <summary>Last moment at which the recipient may keep the sections; null when there are none.</summary>
    public DateTimeOffset? RetentionUntil { get; init; }

    /// <summary>Country the person leaves; null when not told.</summary>
    public CountryCode? FromCountry { get; init; }

    /// <summary>Country the person returns to; null when not told.</summary>
    public CountryCode? ToCountry { get; init; }
}
