using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>The use cases that keep envelope keys.</summary>
internal sealed record EpochKeyPorts
{
    /// <summary>Makes this node's keys that are missing and destroys those whose time is over.</summary>
    public required Func<CancellationToken, Task> Ensure { get; init; }

    /// <summary>Says whether a peer's keys should be fetched.</summary>
    public required Func<NodeId, CancellationToken, Task<bool>> NeedsKeysOf { get; init; }

    /// <summary>Takes in a peer's keys.</summary>
    public required Func<NodeId, IReadOnlyList<SignedKey>, CancellationToken, Task<Result<Done>>> Learn { get; init; }

    /// <summary>Set when a packet may go that could not go before.</summary>
    public required OutboxSignal Queued { get; init; }
}
