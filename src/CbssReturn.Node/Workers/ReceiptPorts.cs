using CbssReturn.Desk.Receipts;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>The use cases that make receipts final.</summary>
internal sealed record ReceiptPorts
{
    /// <summary>Lists the peers that owe what makes a receipt final.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<NodeId>>> Peers { get; init; }

    /// <summary>Lists packets of a peer whose receipt is not final, behind a row: one call's.</summary>
    public required Func<NodeId, RowId, CancellationToken, Task<IReadOnlyList<UnprovenPacket>>> Waiting { get; init; }

    /// <summary>Verifies what a peer answered and keeps what is true.</summary>
    public required TakeReceipts Take { get; init; }
}
