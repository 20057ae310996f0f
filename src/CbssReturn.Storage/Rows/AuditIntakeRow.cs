using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>What the audit log is to take in: the fields of entry v1, and the detail that stays outside the tree.
/// </summary>
/// <remarks>The log drains these rows in the order of <see cref="Sequence"/>.</remarks>
public sealed record AuditIntakeRow
{
    /// <summary>Size of <see cref="Peer"/> and of <see cref="Handle"/>, in bytes.</summary>
    public const int ShortIdSizeBytes = 16;

    /// <summary>Place in the intake, counted from 1; given by the store, ignored when appended.</summary>
    public long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required AuditEvent Event { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>When, UTC, at a full minute; the true second stands in the detail.</summary>
    public required DateTimeOffset AtMinute { get; init; }

    /// <summary>The peer as the log names it, 16 bytes; empty or zero for <see cref="AuditEvent.Local"/>.</summary>
    public ReadOnlyMemory<byte> Peer { get; init; }

    /// <summary>Random handle of the packet at this node, 16 bytes; empty or zero for none.</summary>
    public ReadOnlyMemory<byte> Handle { get; init; }

    /// <summary>Transfer tag, refused tag, or an erased detail's digest; <c>default</c> for none.</summary>
    public Digest Tag { get; init; }

    /// <summary>The peer's entry for <see cref="AuditEvent.ReceiptStored"/>, the erased one for
    /// <see cref="AuditEvent.DetailErased"/>; else 0. At most <see cref="long.MaxValue"/>.</summary>
    public long PeerEntryIndex { get; init; }

    /// <summary>SHA-256 of the detail; null for none.</summary>
    public Digest? DetailDigest { get; init; }

    /// <summary>The detail, sealed for table <c>audit_detail</c> with <see cref="DetailDigest"/> as its row id, so
    /// that it may move to another table as it is; null exactly when there is no digest, and in what
    /// <see cref="IAuditStore.ReadWaitingAsync"/> reads.</summary>
    public SealedContent? Detail { get; init; }

    /// <summary>What the entry is about, so that its place in the log is found again: a received or outbox row, or
    /// another id that the caller derives; null for none.</summary>
    public RowId? Subject { get; init; }

    /// <summary>Makes the entry that this row becomes in the log.</summary>
    public LogEntry ToEntry() => new()
    {
        Event = Event,
        Outcome = Outcome,
        At = AtMinute,
        Peer = Peer,
        Handle = Handle,
        Tag = Tag,
        Index = PeerEntryIndex,
        Detail = DetailDigest,
    };

    /// <summary>Rounds a moment down to its minute.</summary>
    public static DateTimeOffset MinuteOf(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMinute));
    }

    /// <summary>Makes the row of something that only this node does.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="at">When; rounded down to the minute.</param>
    /// <param name="detailDigest">SHA-256 of the detail.</param>
    /// <param name="detail">The sealed detail.</param>
    public static AuditIntakeRow Local(
        AuditOutcome outcome, DateTimeOffset at, Digest detailDigest, SealedContent detail) => new()
        {
            Event = AuditEvent.Local,
            Outcome = outcome,
            AtMinute = MinuteOf(at),
            DetailDigest = detailDigest,
            Detail = detail,
        };
}
