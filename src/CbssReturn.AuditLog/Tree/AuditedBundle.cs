using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>One entry bundle under audit, with the tile that must hold the hashes of its entries.</summary>
internal sealed class AuditedBundle
{
    private readonly BundleId _id;
    private readonly ReadOnlyMemory<byte> _bundle;
    private readonly ReadOnlyMemory<byte> _tile;

    private AuditedBundle(BundleId id, ReadOnlyMemory<byte> bundle, ReadOnlyMemory<byte> tile) =>
        (_id, _bundle, _tile) = (id, bundle, tile);

    /// <summary>Hash of the last entry that was hashed: of the first one that is wrong, if any.</summary>
    public Digest LastLeaf { get; private set; }

    private string Path => _id.Path;

    /// <summary>Reads a bundle and its tile.</summary>
    /// <returns>The bundle, or the fault that one of the two is missing or malformed.</returns>
    public static async ValueTask<(AuditedBundle? Bundle, TreeFault? Fault)> ReadAsync(
        ITileSource source, BundleId id, CancellationToken cancellationToken)
    {
        var bundle = await source.ReadBundleAsync(id, cancellationToken);
        if (bundle is null or { Length: 0 })
        {
            var missing = new Refusal(RefusalCode.TileMissing, $"The entry bundle {id.Path} is missing.", id.Path);
            return (null, TreeFault.OfTile(id.Tile, missing) with { Path = id.Path });
        }

        var tile = TileLayout.Check(id.Tile, await source.ReadTileAsync(id.Tile, cancellationToken));
        return tile.TryGet(out var hashes, out var refusal)
            ? (new AuditedBundle(id, bundle.Value, hashes), null)
            : (null, TreeFault.OfTile(id.Tile, refusal));
    }

    /// <summary>Checks the entries that are known already against their hashes.</summary>
    /// <param name="known">The hashes, from the first entry of the bundle on.</param>
    public TreeFault? CheckKnown(ReadOnlySpan<byte> known)
    {
        var offset = 0;
        for (var i = 0; i < known.Length / Digest.SizeBytes; i++)
        {
            if (!EntryBundle.TryTake(_bundle.Span, ref offset, out var entry))
            {
                return EndsEarly(i);
            }

            if (LogHash.Leaf(entry) != HashAt(known, i))
            {
                return TreeFault.OfEntry(RefusalCode.RootWrong, Path, _id.FirstEntry + i, "is not what it was");
            }
        }

        var equal = _tile.Span.CommonPrefixLength(known);
        return equal == known.Length
            ? null
            : TreeFault.OfEntry(
                RefusalCode.RootWrong, _id.Tile.Path, _id.FirstEntry + (equal / Digest.SizeBytes),
                "has another hash in its tile than it had");
    }

    /// <summary>Hashes the entries from an index on and compares them with the tile.</summary>
    /// <param name="from">Index of the first one; those before it are passed over.</param>
    /// <param name="visit">Sees each in order; null for nobody.</param>
    /// <param name="take">Takes the hash of each.</param>
    public TreeFault? Check(long from, EntryVisitor? visit, Action<Digest> take)
    {
        var bundle = _bundle.Span;
        var tile = _tile.Span;
        var offset = 0;
        for (var i = 0; i < _id.Width; i++)
        {
            if (!EntryBundle.TryTake(bundle, ref offset, out var entry))
            {
                return EndsEarly(i);
            }

            var index = _id.FirstEntry + i;
            if (index < from)
            {
                continue;
            }

            LastLeaf = LogHash.Leaf(entry);
            if (LastLeaf != HashAt(tile, i))
            {
                return TreeFault.OfEntry(RefusalCode.RootWrong, Path, index, "does not have the hash in its tile");
            }

            if (visit?.Invoke(index, entry) is { } refusal)
            {
                return new TreeFault(refusal, Path, index, index);
            }

            take(LastLeaf);
        }

        return offset == bundle.Length
            ? null
            : TreeFault.OfEntry(
                RefusalCode.TileMalformed, Path, _id.FirstEntry + _id.Width - 1, "is not the end of its bundle");
    }

    /// <summary>Finds out whether the entry or the tile is wrong when the two contradict each other: the one is right
    /// that the rest of the tree proves.</summary>
    /// <param name="source">Where tiles are read.</param>
    /// <param name="fault">What <see cref="Check"/> found.</param>
    /// <param name="size">Number of entries of the tree.</param>
    /// <param name="root">Root of the tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<TreeFault> BlameAsync(
        ITileSource source, TreeFault fault, long size, Digest root, CancellationToken cancellationToken)
    {
        if (fault.Refusal.Code != RefusalCode.RootWrong)
        {
            return fault;
        }

        var index = fault.FirstIndex;
        var built = await InclusionProof.BuildAsync(source, index, size, cancellationToken);
        if (!built.TryGet(out var proof, out _))
        {
            return fault;
        }

        if (InclusionProof.Verify(index, size, LastLeaf, proof, root).IsOk)
        {
            return TreeFault.OfEntry(RefusalCode.RootWrong, _id.Tile.Path, index, "has a wrong hash in its tile");
        }

        var stored = HashAt(_tile.Span, (int)(index - _id.FirstEntry));
        return InclusionProof.Verify(index, size, stored, proof, root).IsOk
            ? TreeFault.OfEntry(RefusalCode.RootWrong, Path, index, "is not the one that was logged")
            : fault;
    }

    private static Digest HashAt(ReadOnlySpan<byte> hashes, int place) =>
        Digest.FromBytes(hashes.Slice(place * Digest.SizeBytes, Digest.SizeBytes));

    private TreeFault EndsEarly(int place) =>
        TreeFault.OfEntry(RefusalCode.TileMalformed, Path, _id.FirstEntry + place, "does not end in its bundle");
}
