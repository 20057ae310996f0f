using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Watch;

namespace CbssReturn.Auditor.Configuration;

/// <summary><c>auditor.json</c>, checked. Immutable.</summary>
internal sealed record AuditorConfiguration
{
    /// <summary>Certificate and key files with which nodes are called; null when no node is.</summary>
    public (string Certificate, string Key)? Identity { get; init; }

    /// <summary>Folder of what is known of each log.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Folder of the own copies.</summary>
    public required string MirrorFolder { get; init; }

    /// <summary>Folder of alarms.</summary>
    public required string EvidenceFolder { get; init; }

    /// <summary>Folder of final receipts that senders have handed over; null for none.</summary>
    public string? ReceiptsFolder { get; init; }

    /// <summary>Time from one round to the next.</summary>
    public required TimeSpan RoundEvery { get; init; }

    /// <summary>The logs.</summary>
    public required IReadOnlyList<WatchedLog> Logs { get; init; }

    /// <summary>Where each log is read, by origin.</summary>
    public required IReadOnlyDictionary<string, LogPlace> Places { get; init; }

    /// <summary>Whose signatures count under any of the logs.</summary>
    public required WitnessPolicy Policy { get; init; }

    /// <summary>Origins of logs that are known and not watched.</summary>
    public required IReadOnlyList<string> OtherOrigins { get; init; }

    /// <summary>Who tells the tags of logs whose entries are not shown here, by origin.</summary>
    public required IReadOnlyDictionary<string, NodeAddress> TagNodes { get; init; }

    /// <summary>The own witness; null for none.</summary>
    public (NodeAddress Node, VerifierKey Key)? Witness { get; init; }

    /// <summary>Nodes that are asked which checkpoints they have seen.</summary>
    public required IReadOnlyList<NodeAddress> Gossip { get; init; }
}
