using CbssReturn.Desk.Outbox;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>The use cases that carry packets out.</summary>
internal sealed record OutboxPorts
{
    /// <summary>Lists the peers that have a packet due now.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<NodeId>>> PeersDue { get; init; }

    /// <summary>Claims packets of a peer, so many at most.</summary>
    public required Func<NodeId, int, CancellationToken, Task<IReadOnlyList<ClaimedPacket>>> Claim { get; init; }

    /// <summary>Settles a peer's answers.</summary>
    public required SettleAnswers Settle { get; init; }

    /// <summary>Puts packets back until later: the code says why, the flag whether a byte of them may have
    /// left.</summary>
    public required Func<IReadOnlyList<ClaimedPacket>, RefusalCode, bool, CancellationToken, Task> Fail { get; init; }

    /// <summary>Puts packets back as if they had not been claimed; the flag says whether a byte may have
    /// left.</summary>
    public required Func<IReadOnlyList<ClaimedPacket>, bool, CancellationToken, Task> Release { get; init; }

    /// <summary>Makes what waits for a peer due now.</summary>
    public required Func<NodeId, CancellationToken, Task> Wake { get; init; }

    /// <summary>Set when a packet was queued.</summary>
    public required OutboxSignal Queued { get; init; }
}
