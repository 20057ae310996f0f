using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk;

/// <summary>Gives again the receipt of a packet, to its sender only.</summary>
public sealed class FindReceipt(NodeContext node)
{
    /// <summary>Finds a receipt.</summary>
    /// <param name="id">The packet.</param>
    /// <param name="peer">Who asks: the owner of the key that sent it.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The receipt, byte for byte as first given, or <see cref="RefusalCode.NotFound"/>.</returns>
    public async Task<Result<StoredReceipt>> FindAsync(PacketId id, NodeId peer, CancellationToken ct) =>
        await FindRowAsync(id, peer, ct) is { } row
            ? row.Receipt
            : new Refusal(RefusalCode.NotFound, "There is no receipt for this packet.");

    /// <summary>Finds what became of a packet of a peer; null when it was never answered with a receipt.</summary>
    internal async Task<ReceivedRow?> FindRowAsync(PacketId id, NodeId peer, CancellationToken ct)
    {
        IReadOnlyList<DirectoryKey> keys = node.Directory.Now.TryFind(peer, out var entry) ? entry.Keys : [];
        foreach (var kid in keys.Select(key => key.Kid))
        {
            if (await node.Store.FindReceivedAsync(kid, id, ct) is { } row)
            {
                return row;
            }
        }

        return null;
    }
}
