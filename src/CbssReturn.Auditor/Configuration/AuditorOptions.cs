namespace CbssReturn.Auditor.Configuration;

/// <summary><c>auditor.json</c> as it is written; paths are relative to its folder.</summary>
/// <remarks><c>cbss-node directory auditor-config</c> writes one from a signed directory.</remarks>
internal sealed class AuditorOptions
{
    /// <summary>The certificate with which nodes are called; absent when every source is a folder.</summary>
    public IdentityOptions? Identity { get; init; }

    /// <summary>Folder of what is known of each log. Default: <c>state</c>.</summary>
    public string StateFolder { get; init; } = "state";

    /// <summary>Folder of the own copies of the logs. Default: <c>mirror</c>.</summary>
    public string MirrorFolder { get; init; } = "mirror";

    /// <summary>Folder of alarms and their evidence. Default: <c>evidence</c>.</summary>
    public string EvidenceFolder { get; init; } = "evidence";

    /// <summary>Folder of final receipts (<c>.cbss-receipt</c>) that senders have handed over: each is held against the
    /// log that it is of. Absent for none.</summary>
    public string? ReceiptsFolder { get; init; }

    /// <summary>Seconds from one round to the next, 1 to 3600. Default: 60.</summary>
    public int RoundSeconds { get; init; } = 60;

    /// <summary>Seconds that a node which is awake may be silent, 1 to 86400. Default: 900.</summary>
    public int StaleAfterSeconds { get; init; } = 900;

    /// <summary>Seconds that a log may be without the cosignatures of a quorum, 1 to 86400. Default: 600.</summary>
    public int UnwitnessedAfterSeconds { get; init; } = 600;

    /// <summary>The logs that are watched; 1 to 1024.</summary>
    public required IReadOnlyList<LogOptions> Logs { get; init; }

    /// <summary>Logs that are known and not watched.</summary>
    public IReadOnlyList<OtherLogOptions> OtherLogs { get; init; } = [];

    /// <summary>Verifier keys of the witnesses that count, in their text form.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>How many of them must have cosigned; absent for more than two thirds.</summary>
    public int? Quorum { get; init; }

    /// <summary>Policy file in the form of c2sp.org/tlog-policy, instead of witnesses and quorum.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>The focal point's own witness; absent for none.</summary>
    public WitnessOptions? OwnWitness { get; init; }

    /// <summary>Nodes that are asked which checkpoints they have seen.</summary>
    public IReadOnlyList<PlaceOptions> Gossip { get; init; } = [];
}
