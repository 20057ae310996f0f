using CbssReturn.Desk;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Hosting;

/// <summary>Connects a node's use cases with what endpoints and workers may reach of them.</summary>
internal static class Ports
{
    /// <summary>What other nodes may reach.</summary>
    public static ExchangePorts Exchange(NodeServices services) => new()
    {
        Receive = services.Receive.ReceiveAsync,
        FindReceipt = services.Receipts.FindAsync,
        PublishedKeys = services.Keys.PublishedAsync,
    };

    /// <summary>What other nodes may reach of audit logs.</summary>
    public static AuditLogPorts AuditLog(AuditServices services) => new()
    {
        Serve = services.Serve,
        Mirror = services.Mirror,
        Witness = services.Witness,
        Tags = services.Tags,
        Detail = (_, _, _, _) => Task.FromResult<Result<ReadOnlyMemory<byte>>>(
            new Refusal(RefusalCode.LogUnknown, "This node gives no details yet.")),
    };

    /// <summary>What carries packets out.</summary>
    public static OutboxPorts Outbox(NodeServices services) => new()
    {
        PeersDue = services.Dispatch.PeersDueAsync,
        Claim = services.Dispatch.ClaimAsync,
        Settle = services.Dispatch.SettleAsync,
        Fail = services.Dispatch.FailAsync,
        Release = services.Dispatch.ReleaseAsync,
        Wake = services.Dispatch.WakeAsync,
        Queued = services.Signal,
    };

    /// <summary>What keeps envelope keys.</summary>
    public static EpochKeyPorts EpochKeys(NodeServices services) => new()
    {
        Ensure = services.Keys.EnsureAsync,
        NeedsKeysOf = services.Keys.NeedsKeysOfAsync,
        Learn = services.Keys.LearnAsync,
        Queued = services.Signal,
    };
}
