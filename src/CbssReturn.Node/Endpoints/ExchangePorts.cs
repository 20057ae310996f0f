using CbssReturn.Casework.Referrals;
using CbssReturn.Desk;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Receipts;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Endpoints;

/// <summary>The use cases that other nodes may reach, and no others: what is not here cannot be called from outside.
/// </summary>
internal sealed record ExchangePorts
{
    /// <summary>Takes in an envelope.</summary>
    public required Func<ReadOnlyMemory<byte>, NodeId, CancellationToken, Task<DeliveryAnswer>> Receive { get; init; }

    /// <summary>Finds a receipt that was given to this peer.</summary>
    public required Func<PacketId, NodeId, CancellationToken, Task<Result<StoredReceipt>>> FindReceipt { get; init; }

    /// <summary>Gives the receipts of this peer's packets that are final by now.</summary>
    public required Func<IReadOnlyList<PacketId>, NodeId, CancellationToken, Task<IReadOnlyList<FinalReceipt>>>
        FinalReceipts { get; init; }

    /// <summary>Tells up to which number there are packets of this peer in conversations.</summary>
    public required Func<IReadOnlyList<ConversationId>, NodeId, CancellationToken, Task<IReadOnlyList<ulong>>>
        Sequences { get; init; }

    /// <summary>Gives the published envelope keys from a day on.</summary>
    public required Func<uint, CancellationToken, Task<IReadOnlyList<SignedKey>>> PublishedKeys { get; init; }
}
