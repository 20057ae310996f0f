using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>What this node and one other have said to each other about one person, sealed as a whole.</summary>
public sealed record ConversationRow
{
    /// <summary>Names the referral at this node.</summary>
    public required RowId ReferralId { get; init; }

    /// <summary>Finds it by peer and conversation id. Unique.</summary>
    public required ConversationIndex Index { get; init; }

    /// <summary>The case at the origin; null where the referral was received or is an enquiry without a case.</summary>
    public RowId? CaseId { get; init; }

    /// <summary>Whether this node received the referral.</summary>
    public required bool Incoming { get; init; }

    /// <summary>Number of the state that casework gives it, 1 to 255.</summary>
    public required byte State { get; init; }

    /// <summary>Counted from 1; each change adds one.</summary>
    public required long Version { get; init; }

    /// <summary>Peer, aliases, packets, sections: sealed for table <c>conversations</c> and this referral id.</summary>
    public required SealedContent Sealed { get; init; }

    /// <summary>When first stored, UTC, kept to the millisecond; later changes do not touch it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When last changed, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
