using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.State;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Watch;

/// <summary>Reads what a log has grown by, entry for entry, and derives the new root from it.</summary>
/// <param name="source">The log; nothing of it is believed.</param>
/// <param name="mirror">Where the files are staged.</param>
internal sealed class LogExtension(ILogSource source, ILogMirror mirror)
{
    // Full tiles are staged every so many bundles, so that memory does not grow with what is read.
    private const int BundlesPerStep = 64;

    // The newest partial tile of each level; only the last one of each is staged.
    private readonly Dictionary<int, Tile> _partials = [];

    /// <summary>Reads on from what is known, and stages every file that is new.</summary>
    /// <param name="edge">The tree that is known; it grows.</param>
    /// <param name="size">Size to read to, above that of the edge.</param>
    /// <param name="onEntry">Is told each new entry with its index. Nothing of it counts before the root is compared.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is wrong with a file, or null. Whether the root is right, the caller compares.</returns>
    /// <exception cref="SourceUnreachableException">The source does not answer.</exception>
    public async ValueTask<FileFault?> ReadAsync(
        RightEdge edge, long size, Action<long, ReadOnlyMemory<byte>> onEntry, CancellationToken cancellationToken)
    {
        // Old entries that stand in the first bundle are compared by the hashes in the mirror.
        var known = await KnownHashesAsync(edge.Size, cancellationToken);
        var first = edge.Size / TileId.HashesMax;
        for (var index = first; index * TileId.HashesMax < size; index++)
        {
            var id = TileLayout.BundleAt(size, index);
            if (await source.ReadBundleAsync(id, cancellationToken) is not { } bytes)
            {
                return FileFault.Missing(id);
            }

            if (!EntryBundle.Parse(bytes, id.Width).TryGet(out var entries, out var refusal))
            {
                return new FileFault(new(refusal.Code, refusal.Message, id.Path), id.FirstEntry, bytes);
            }

            for (var i = 0; i < entries.Length; i++)
            {
                var place = id.FirstEntry + i;
                var hash = LogHash.Leaf(entries[i].Span);
                if (place >= edge.Size)
                {
                    edge.Append(hash);
                    onEntry(place, entries[i]);
                }
                else if (hash != known[i])
                {
                    return new FileFault(Changed(id, place), place, bytes);
                }
            }

            mirror.Stage(id.Path, bytes.Span);
            if ((index - first) % BundlesPerStep == BundlesPerStep - 1)
            {
                StageFull(edge);
            }
        }

        StageFull(edge);
        foreach (var tile in TileLayout.PartialTiles(size).Select(id => _partials.GetValueOrDefault(id.Level)))
        {
            // A level that did not change is in the mirror already.
            if (tile is not null)
            {
                mirror.Stage(tile.Id.Path, tile.Hashes);
            }
        }

        return null;
    }

    /// <summary>The refusal of an entry that is not what it was.</summary>
    public static Outcomes.Refusal Changed(BundleId id, long index) => new(
        Outcomes.RefusalCode.RootWrong,
        FormattableString.Invariant($"The entry {index} is not the one that the log has signed."),
        id.Path);

    private async ValueTask<Digest[]> KnownHashesAsync(long size, CancellationToken cancellationToken)
    {
        var width = (int)(size % TileId.HashesMax);
        if (width == 0)
        {
            return [];
        }

        var tile = await mirror.ReadTileAsync(new TileId(0, size / TileId.HashesMax, width), cancellationToken);
        return tile is { } hashes && hashes.Length == width * Digest.SizeBytes
            ? [.. Enumerable.Range(0, width).Select(
                i => Digest.FromBytes(hashes.Span.Slice(i * Digest.SizeBytes, Digest.SizeBytes)))]
            : throw new InvalidOperationException("The edge was loaded from this tile of the mirror.");
    }

    private void StageFull(RightEdge edge)
    {
        foreach (var tile in edge.TakeChanged())
        {
            if (tile.Id.Width == TileId.HashesMax)
            {
                mirror.Stage(tile.Id.Path, tile.Hashes);
            }
            else
            {
                _partials[tile.Id.Level] = tile;
            }
        }
    }
}
