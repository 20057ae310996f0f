using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Audit;

/// <summary>What this node had logged before it was put back, as a mirror says. Whether it leads to the root that was
/// signed is for the sequencer to find out.</summary>
internal sealed class LostEntries
{
    private LostEntries(long commonSize, List<ReadOnlyMemory<byte>> entries) =>
        (CommonSize, Entries) = (commonSize, entries);

    /// <summary>Up to which size the own tree agrees with the lost one.</summary>
    public long CommonSize { get; }

    /// <summary>The entries from there on.</summary>
    public List<ReadOnlyMemory<byte>> Entries { get; }

    /// <summary>Reads them.</summary>
    /// <param name="own">The own store.</param>
    /// <param name="mirror">The mirror; nothing of it is believed.</param>
    /// <param name="target">The checkpoint that the entries must lead to.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The entries, as from <see cref="RecoverLog.RecoverAsync"/> otherwise.</returns>
    public static async Task<Result<LostEntries>> ReadAsync(
        IAuditStore own, ITileSource mirror, Checkpoint target, CancellationToken ct)
    {
        var head = await own.GetAuditHeadAsync(ct);
        var recorded = (await own.GetNewestCheckpointAsync(isSigned: false, ct))?.Size ?? 0;
        if (target.Size - recorded > RecoverLog.EntriesMax)
        {
            return new Refusal(RefusalCode.TooMany, $"More than {RecoverLog.EntriesMax} entries were lost.");
        }

        // What a recorded checkpoint covers stands for ever; behind it the two trees may part anywhere.
        var (common, isSame) = (recorded, true);
        var lost = new List<ReadOnlyMemory<byte>>();
        for (var index = recorded / TileId.HashesMax; index * TileId.HashesMax < target.Size; index++)
        {
            var id = TileLayout.BundleAt(target.Size, index);
            if (await mirror.ReadBundleAsync(id, ct) is not { } bundle)
            {
                return new Refusal(RefusalCode.TileMissing, $"The mirror does not hold {id.Path}.", id.Path);
            }

            if (!EntryBundle.Parse(bundle, id.Width).TryGet(out var entries, out var refusal))
            {
                return refusal;
            }

            foreach (var entry in entries.Skip((int)Math.Max(0, recorded - id.FirstEntry)))
            {
                if (!LogEntry.Parse(entry.Span).TryGet(out _, out refusal))
                {
                    return refusal;
                }

                isSame = isSame && common < head.Size && await IsOwnAsync(own, common, entry, ct);
                common += isSame ? 1 : 0;
                if (!isSame)
                {
                    lost.Add(entry);
                }
            }
        }

        return new LostEntries(common, lost);
    }

    private static async Task<bool> IsOwnAsync(
        IAuditStore own, long index, ReadOnlyMemory<byte> entry, CancellationToken ct) =>
        await own.ReadEntriesAsync(index, 1, ct) is [var held] && held.Span.SequenceEqual(entry.Span);
}
