using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Audits a tree by its contents: hashes every entry, compares every stored tile of every level, and derives
/// the root. Comparing heads alone would miss entries that were changed behind them. Not safe to share between threads.
/// </summary>
/// <remarks>Starts at the empty tree or at any tree that the auditor knows, and goes on from there: what it knows after
/// an audit that ended well is where the next one starts. An audit that finds a fault changes nothing.</remarks>
public sealed class TreeAudit
{
    private readonly ITileSource _source;
    private RightEdge _known;

    /// <summary>Makes an audit.</summary>
    /// <param name="source">Where tiles and entry bundles are read; nothing it gives is believed.</param>
    /// <param name="known">The edge of the tree that is known already, whose root the auditor has compared with its
    /// own record; <see cref="RightEdge.Empty"/> for a full audit.</param>
    public TreeAudit(ITileSource source, RightEdge known)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(known);
        (_source, _known) = (source, known.Copy());
    }

    /// <summary>Number of entries that are known.</summary>
    public long Size => _known.Size;

    /// <summary>Root of the tree that is known.</summary>
    public Digest Root => _known.Root();

    /// <summary>Checks one bundle of a large tree, and that its entries lead to the root.</summary>
    /// <param name="source">Where tiles and entry bundles are read, each once.</param>
    /// <param name="index">Place of the bundle.</param>
    /// <param name="size">Number of entries of the tree.</param>
    /// <param name="root">Root of the tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when all is right, or what is wrong.</returns>
    public static async ValueTask<TreeFault?> CheckBundleAsync(
        ITileSource source, long index, long size, Digest root, CancellationToken cancellationToken)
    {
        var id = TileLayout.BundleAt(size, index);
        source = new FirstAnswers(source);
        var (bundle, fault) = await AuditedBundle.ReadAsync(source, id, cancellationToken);
        if (bundle is null)
        {
            return fault;
        }

        fault = bundle.Check(id.FirstEntry, null, _ => { });
        if (fault is not null)
        {
            return await bundle.BlameAsync(source, fault, size, root, cancellationToken);
        }

        // The bundle's tile is right if it leads to the root, and the proof of any of its entries hashes all of it.
        var last = id.FirstEntry + id.Width - 1;
        var built = await InclusionProof.BuildAsync(source, last, size, cancellationToken);
        if (!built.TryGet(out var proof, out var refusal))
        {
            return new TreeFault(refusal, refusal.Field ?? id.Path, id.FirstEntry, last);
        }

        return InclusionProof.Verify(last, size, bundle.LastLeaf, proof, root).IsOk
            ? null
            : TreeFault.OfEntries(
                RefusalCode.RootWrong, id.Path, id.FirstEntry, last, "do not lead to the root");
    }

    /// <summary>Audits everything between the tree that is known and another one, which is known afterwards.</summary>
    /// <param name="size">Number of entries of the other tree, at least <see cref="Size"/>.</param>
    /// <param name="root">Its root, from a checkpoint that was verified.</param>
    /// <param name="visit">Sees each new entry in order; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when all is right, or the first thing that is wrong.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The other tree is smaller.</exception>
    public async ValueTask<TreeFault?> AdvanceAsync(
        long size, Digest root, EntryVisitor? visit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, Size);
        var edge = _known.Copy();
        while (edge.Size < size)
        {
            var fault = await TakeBundleAsync(edge, size, root, visit, cancellationToken)
                ?? await CompareAsync(edge.TakeCompleted(), cancellationToken);
            if (fault is not null)
            {
                return fault;
            }
        }

        if (await CompareAsync(edge.TakeChanged(), cancellationToken) is { } wrongTile)
        {
            return wrongTile;
        }

        if (edge.Root() != root)
        {
            // Also when what was known before is no longer the start of the log, so nothing narrower can be said.
            return TreeFault.OfEntries(
                RefusalCode.RootWrong, TileLayout.CheckpointPath, 0, Math.Max(0, size - 1), "do not lead to the root");
        }

        _known = edge;
        return null;
    }

    private async ValueTask<TreeFault?> TakeBundleAsync(
        RightEdge edge, long size, Digest root, EntryVisitor? visit, CancellationToken cancellationToken)
    {
        var id = TileLayout.BundleAt(size, edge.Size / TileId.HashesMax);
        var (bundle, fault) = await AuditedBundle.ReadAsync(_source, id, cancellationToken);
        if (bundle is null)
        {
            return fault;
        }

        // What is known of the bundle already is hashed again, and must be what it was.
        if (bundle.CheckKnown(edge.PartialHashes) is { } changed)
        {
            return changed;
        }

        fault = bundle.Check(edge.Size, visit, edge.Append);
        return fault is null ? null : await bundle.BlameAsync(_source, fault, size, root, cancellationToken);
    }

    /// <summary>Compares tiles above the entries with the stored ones.</summary>
    private async ValueTask<TreeFault?> CompareAsync(IReadOnlyList<Tile> tiles, CancellationToken cancellationToken)
    {
        foreach (var tile in tiles.Where(tile => tile.Id.Level > 0))
        {
            var stored = TileLayout.Check(tile.Id, await _source.ReadTileAsync(tile.Id, cancellationToken));
            if (!stored.TryGet(out var hashes, out var refusal))
            {
                return TreeFault.OfTile(tile.Id, refusal);
            }

            var equal = hashes.Span.CommonPrefixLength(tile.Hashes);
            if (equal < tile.Hashes.Length)
            {
                var place = (tile.Id.Index * TileId.HashesMax) + (equal / Digest.SizeBytes);
                var height = TileId.LevelHeight * tile.Id.Level;
                return TreeFault.OfEntries(
                    RefusalCode.RootWrong, tile.Id.Path, place << height, (place + 1 << height) - 1,
                    "have another hash than the one that is stored");
            }
        }

        return null;
    }
}
