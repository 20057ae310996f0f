using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One sealed packet on its way to one peer.</summary>
public sealed record OutboxRow
{
    /// <summary>Longest name of a worker, in characters.</summary>
    public const int WorkerLengthMax = 64;

    /// <summary>Names the row.</summary>
    public required RowId RowId { get; init; }

    /// <summary>Stands for the recipient.</summary>
    public required PeerIndex PeerIndex { get; init; }

    /// <summary>The packet's id. Unique; sealing again gives a new one.</summary>
    public required PacketId PacketId { get; init; }

    /// <summary>The referral it belongs to; null for none.</summary>
    public RowId? ReferralId { get; init; }

    /// <summary>How far it is. A new row is <see cref="OutboxState.Queued"/>.</summary>
    public OutboxState State { get; init; } = OutboxState.Queued;

    /// <summary>How often it was claimed since it was queued, sealed again or retried by hand. 0 in a new row.
    /// </summary>
    public int Attempts { get; init; }

    /// <summary>Whether any byte of it may have left the node. Only what cannot have left can be taken back. False in
    /// a new row; a claim sets it.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>When it may be claimed, UTC, kept to the millisecond; the end of the lease while one runs.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>End of the running or last lease, UTC; null when nobody holds one. Null in a new row.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Who holds the lease: 1 to <see cref="WorkerLengthMax"/> ASCII characters; null with no lease.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When it counts as undelivered, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>Why the last attempt failed; null for none.</summary>
    public RefusalCode? LastCode { get; init; }

    /// <summary>What the recipient signed; null until it answered.</summary>
    public StoredReceipt? Receipt { get; init; }

    /// <summary>Recipient, part secrets, transfer tag: sealed for table <c>outbox</c> and this row id.</summary>
    public required SealedContent Sealed { get; init; }

    /// <summary>When queued, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset QueuedAt { get; init; }
}
