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
    public static ExchangePorts Exchange(NodeServices services, AuditServices audit) => new()
    {
        Receive = services.Receive.ReceiveAsync,
        FindReceipt = services.Receipts.FindAsync,
        FinalReceipts = services.GiveFinal.FindAsync,
        PublishedKeys = services.Keys.PublishedAsync,
        Sequences = audit.Sequences.TellAsync,
    };

    /// <summary>What other nodes may reach of audit logs.</summary>
    public static AuditLogPorts AuditLog(AuditServices services, ShowDetail details) => new()
    {
        Serve = services.Serve,
        Mirror = services.Mirror,
        Witness = services.Witness,
        Tags = services.Tags,
        Detail = (peer, origin, index, ct) => origin.Length == 0 || origin == services.Identity.Origin
            ? details.ReadAsync(peer, index, ct)
            : Task.FromResult<Result<ReadOnlyMemory<byte>>>(new Refusal(
                RefusalCode.LogUnknown, "Details are given by the node whose log it is.", "origin")),
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

    /// <summary>What makes receipts final.</summary>
    public static ReceiptPorts Receipts(NodeServices services) => new()
    {
        Peers = services.KeepFinal.PeersAsync,
        Waiting = services.KeepFinal.WaitingAsync,
        Take = services.KeepFinal.TakeAsync,
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
