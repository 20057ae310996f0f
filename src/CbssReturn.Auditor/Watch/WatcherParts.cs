using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.State;

namespace CbssReturn.Auditor.Watch;

/// <summary>All that a watcher is made of.</summary>
internal sealed record WatcherParts
{
    /// <summary>The logs that are watched.</summary>
    public required IReadOnlyList<WatchedLog> Logs { get; init; }

    /// <summary>Where each of them is read.</summary>
    public required Func<WatchedLog, LogSources> SourcesOf { get; init; }

    /// <summary>What is kept between rounds.</summary>
    public required IAuditorStore Store { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Origins of logs that are known and not watched; entries name their nodes.</summary>
    public IReadOnlyList<string> OtherOrigins { get; init; } = [];

    /// <summary>The focal point's own witness; null for none.</summary>
    public IAuditNode? Witness { get; init; }

    /// <summary>The key with which that witness cosigns; null for none.</summary>
    public VerifierKey? WitnessKey { get; init; }

    /// <summary>Nodes that are asked which checkpoints they have seen; a few of them each round.</summary>
    public IReadOnlyList<IAuditNode> GossipNodes { get; init; } = [];

    /// <summary>Who tells the tags of logs whose entries are not shown here, by origin.</summary>
    public IReadOnlyDictionary<string, IAuditNode> TagNodes { get; init; } = new Dictionary<string, IAuditNode>();

    /// <summary>Final receipts that senders have handed over; null for none.</summary>
    public IReceiptShelf? Receipts { get; init; }

    /// <summary>How much is looked at again.</summary>
    public RoundSettings Settings { get; init; } = new();

    /// <summary>Is told each alarm once, when it is kept.</summary>
    public required Action<RaisedAlarm> OnAlarm { get; init; }
}
