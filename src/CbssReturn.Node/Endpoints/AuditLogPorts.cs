using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Endpoints;

/// <summary>The use cases about audit logs that other nodes may reach.</summary>
internal sealed record AuditLogPorts
{
    /// <summary>Serves the own log and those that are held here.</summary>
    public required ServeLog Serve { get; init; }

    /// <summary>Takes in what nodes push of their logs.</summary>
    public required MirrorLogs Mirror { get; init; }

    /// <summary>Cosigns checkpoints.</summary>
    public required WitnessLogs Witness { get; init; }

    /// <summary>Gives tags to other focal points.</summary>
    public required ServeTags Tags { get; init; }

    /// <summary>Gives the detail of an entry of the own log to an auditor, and notes that it did.</summary>
    public required Func<NodeId, string, long, CancellationToken, Task<Result<ReadOnlyMemory<byte>>>> Detail
    {
        get;
        init;
    }
}
