using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>One log that an auditor watches. Immutable.</summary>
internal sealed record WatchedLog
{
    /// <summary>Most checkpoints of one log are a minute apart; of a node that is awake, none for so long is silence.
    /// </summary>
    public static readonly TimeSpan StaleAfterDefault = TimeSpan.FromMinutes(15);

    /// <summary>How old the newest cosignatures of a quorum may be.</summary>
    public static readonly TimeSpan UnwitnessedAfterDefault = TimeSpan.FromMinutes(10);

    /// <summary>The key of the log.</summary>
    public required VerifierKey Key { get; init; }

    /// <summary>Which witnesses count, and how many of them must have cosigned.</summary>
    public required WitnessPolicy Policy { get; init; }

    /// <summary>Whether this auditor is shown entries, as home or second auditor; else it sees checkpoints and hashes
    /// only.</summary>
    public bool HasEntries { get; init; } = true;

    /// <summary>When the node is awake; null for always.</summary>
    public AwakeHours? Awake { get; init; }

    /// <summary>How long a node that is awake may be silent.</summary>
    public TimeSpan StaleAfter { get; init; } = StaleAfterDefault;

    /// <summary>How long a node that is awake may be without the cosignatures of a quorum.</summary>
    public TimeSpan UnwitnessedAfter { get; init; } = UnwitnessedAfterDefault;

    /// <summary>Names the log.</summary>
    public string Origin => Key.Name;

    /// <summary>The keys of the witnesses.</summary>
    public IReadOnlyList<VerifierKey> Witnesses => [.. Policy.Witnesses.Select(witness => witness.Key)];

    /// <summary>Since when the node has been meant to be awake; the least moment for always, null for not
    /// now.</summary>
    public DateTimeOffset? AwakeSince(DateTimeOffset now) =>
        Awake is null ? DateTimeOffset.MinValue : Awake.SinceAt(now);
}
