using CbssReturn.Sealing;

namespace CbssReturn.Auditor.State;

/// <summary>What an auditor knows of one log after a round. Immutable; saved last, so that after a crash at any point
/// the round is only done again.</summary>
internal sealed record LogState
{
    /// <summary>Most notes that are kept because they are ahead of what was audited.</summary>
    public const int AheadMax = 8;

    /// <summary>Most causes of alarms that are remembered; the oldest are forgotten, and would be raised
    /// again.</summary>
    public const int RaisedMax = 4096;

    /// <summary>Names the log.</summary>
    public required string Origin { get; init; }

    /// <summary>The newest signed checkpoint that was audited, as it came; empty before the first.</summary>
    public ReadOnlyMemory<byte> Note { get; init; }

    /// <summary>Its size.</summary>
    public long Size { get; init; }

    /// <summary>Its root.</summary>
    public Digest Root { get; init; } = AuditLog.LogHash.Empty;

    /// <summary>When this auditor saw the log grow to <see cref="Size"/>; null before the first checkpoint.</summary>
    public DateTimeOffset? GrownAt { get; init; }

    /// <summary>Newest moment at which the log was no larger than <see cref="Size"/>: when witnesses stood behind it,
    /// or when this auditor saw the checkpoint before; null before the first. No log can choose it.</summary>
    public DateTimeOffset? CoveredAt { get; init; }

    /// <summary>When a quorum of witnesses stood behind the checkpoint before the newest one, so that no entry beyond
    /// <see cref="Size"/> is of a time long before; null for never. The newest may be cosigned late, while entries of
    /// before wait for the next: that one was signed when this was cosigned.</summary>
    public DateTimeOffset? EntriesSince { get; init; }

    /// <summary>When a quorum stood behind the newest checkpoint; null for never.</summary>
    public DateTimeOffset? EntriesSinceNext { get; init; }

    /// <summary>The latest minute in an entry so far; null before the first entry.</summary>
    public DateTimeOffset? LatestEntryAt { get; init; }

    /// <summary>Index of the entry that says it first.</summary>
    public long LatestEntryIndex { get; init; }

    /// <summary>Since when a quorum of witnesses has stood behind the log, at its newest; null for never.</summary>
    public DateTimeOffset? WitnessedAt { get; init; }

    /// <summary>Since when this auditor has watched the log without a longer break of its own; null for
    /// never.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>When it last looked, and could reach anybody; null for never.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Since when a file has been missing that a signed checkpoint promises; null when nothing is.</summary>
    public DateTimeOffset? IncompleteSince { get; init; }

    /// <summary>When the whole log was last hashed again; null for never.</summary>
    public DateTimeOffset? AuditedAt { get; init; }

    /// <summary>Signed checkpoints from others, to be compared when the log has grown so far, and again until its tiles
    /// prove that they go together or do not; at most <see cref="AheadMax"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Ahead { get; init; } = [];

    /// <summary>Causes of alarms that were raised, and when; at most <see cref="RaisedMax"/>.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Raised { get; init; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>The state before the first contact.</summary>
    public static LogState New(string origin) => new() { Origin = origin };
}
