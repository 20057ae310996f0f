using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
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

    /// <summary>When so many checkpoints in a row cover an entry and none has a quorum, the witnesses are away for
    /// longer: then the sender gets what there is, rather than nothing (docs/spec/receipt-proof.md, section 3).
    /// </summary>
    public const int BareMax = 4;

    private readonly FindReceipt _receipts = new(node);

    /// <summary>Finds final receipts.</summary>
    /// <param name="ids">The packets, each once, at most <see cref="PacketsMax"/>.</param>
    /// <param name="peer">Who asks: the owner of the keys that sent them.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Those that are final by now, in the order asked; one that is unknown or not final is left
    /// out.</returns>
    /// <exception cref="ArgumentException">There are more, or one twice.</exception>
    public async Task<IReadOnlyList<FinalReceipt>> FindAsync(
        IReadOnlyList<PacketId> ids, NodeId peer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, PacketsMax, nameof(ids));
        if (ids.Distinct().Count() != ids.Count)
        {
            throw new ArgumentException("A packet is asked for once in a call.", nameof(ids));
        }

        var checkpoints = (await node.Audit.ListSignedCheckpointsAsync(BareMax, ct))
            .Select(row => (row.Size, Note: SignedNote.Parse(row.Note!.Value.Span).Value))  // signed, and written here
            .ToList();
        var found = new List<FinalReceipt>();
        foreach (var id in ids)
        {
            if (await _receipts.FindRowAsync(id, peer, ct) is { } row
                && await node.Audit.GetPlaceAsync(row.RowId, ct) is { } index
                && CheckpointFor(index, checkpoints) is var (size, note)
                && (await ProveAsync(row, index, size, note, ct)).TryGet(out var receipt, out _))
            {
                found.Add(receipt);
            }
        }

        return found;
    }

    /// <summary>The newest checkpoint over an entry that a quorum of the witnesses has cosigned; without one, after a
    /// while, the newest.</summary>
    private (long Size, SignedNote Note)? CheckpointFor(long index, List<(long Size, SignedNote Note)> checkpoints)
    {
        var covering = checkpoints.Where(checkpoint => checkpoint.Size > index).ToList();
        var witnesses = node.WitnessKeys();
        foreach (var checkpoint in covering)
        {
            var cosigned = witnesses.Count(key => checkpoint.Note.Signatures.Any(line => line.IsOf(key)));
            if (cosigned >= DirectoryLogs.Quorum(witnesses.Count))
            {
                return checkpoint;
            }
        }

        return covering.Count < BareMax ? null : covering[0];
    }

    private async Task<Result<FinalReceipt>> ProveAsync(
        ReceivedRow row, long index, long size, SignedNote checkpoint, CancellationToken ct)
    {
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
