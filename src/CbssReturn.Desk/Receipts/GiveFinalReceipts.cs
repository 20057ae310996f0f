using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Receipts;

/// <summary>Gives the receipts of packets in their final form, to their sender only, as far as a checkpoint of this
/// node's log covers them (docs/spec/exchange.md, section 9).</summary>
public sealed class GiveFinalReceipts(NodeContext node)
{
    /// <summary>Most packets of one call.</summary>
    public const int PacketsMax = 64;

    private readonly FindReceipt _receipts = new(node);

    /// <summary>Finds final receipts.</summary>
    /// <param name="ids">The packets, at most <see cref="PacketsMax"/>.</param>
    /// <param name="peer">Who asks: the owner of the keys that sent them.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Those that are final by now, in the order asked; one that is unknown or not final is left
    /// out.</returns>
    public async Task<IReadOnlyList<FinalReceipt>> FindAsync(
        IReadOnlyList<PacketId> ids, NodeId peer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, PacketsMax, nameof(ids));
        if (await node.Audit.GetNewestCheckpointAsync(isSigned: true, ct) is not { Note: { } note } checkpoint
            || !SignedNote.Parse(note.Span).TryGet(out var signed, out _))
        {
            return [];
        }

        var found = new List<FinalReceipt>();
        foreach (var id in ids)
        {
            if (await _receipts.FindRowAsync(id, peer, ct) is { } row
                && (await ProveAsync(row, checkpoint.Size, signed, ct)).TryGet(out var receipt, out _))
            {
                found.Add(receipt);
            }
        }

        return found;
    }

    private async Task<Result<FinalReceipt>> ProveAsync(
        ReceivedRow row, long size, SignedNote checkpoint, CancellationToken ct)
    {
        if (await node.Audit.GetPlaceAsync(row.RowId, ct) is not { } index || index >= size)
        {
            return new Refusal(RefusalCode.ReceiptNotFinal, "No checkpoint covers the packet's entry yet.");
        }

        var hashes = await InclusionProof.BuildAsync(node.Audit.Tiles, index, size, ct);
        if (!hashes.TryGet(out var path, out var refusal))
        {
            return refusal;
        }

        return await node.Audit.ReadEntriesAsync(index, 1, ct) is [var entry]
            ? new FinalReceipt(row.Receipt, entry, new TlogProof(index, path, checkpoint).ToBytes())
            : new Refusal(RefusalCode.TileMissing, "The entry is not where the log says.");
    }
}
