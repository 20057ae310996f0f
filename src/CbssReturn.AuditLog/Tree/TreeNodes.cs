using System.Numerics;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Computes roots of ranges of a tree from its tiles, each of which is read once.</summary>
/// <param name="source">Where the tiles are read.</param>
/// <param name="size">Number of entries of the tree; the tiles are asked as wide as they are in it.</param>
/// <param name="keeper">Where tiles outlive this; null for nowhere.</param>
internal sealed class TreeNodes(ITileSource source, long size, TileKeeper? keeper = null)
{
    private readonly Dictionary<TileId, TileNodes> _tiles = [];

    /// <summary>Computes the roots of ranges.</summary>
    /// <param name="ranges">Ranges that divide as the tree does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One root a range, or the refusal of a tile that is missing or malformed.</returns>
    public async ValueTask<Result<Digest[]>> RootsOfAsync(
        List<(long From, long To)> ranges, CancellationToken cancellationToken)
    {
        var roots = new Digest[ranges.Count];
        for (var i = 0; i < roots.Length; i++)
        {
            if (!(await RootOfAsync(ranges[i].From, ranges[i].To, cancellationToken))
                .TryGet(out roots[i], out var refusal))
            {
                return refusal;
            }
        }

        return roots;
    }

    private async ValueTask<Result<Digest>> RootOfAsync(long from, long to, CancellationToken cancellationToken)
    {
        // The range is made of complete subtrees that get smaller to the right. They are hashed together from there.
        Digest? root = null;
        while (from < to)
        {
            var height = BitOperations.TrailingZeroCount(to - from);
            to -= 1L << height;
            if (!(await SubtreeAsync(height, to >> height, cancellationToken)).TryGet(out var left, out var refusal))
            {
                return refusal;
            }

            root = root is { } right ? LogHash.Node(left, right) : left;
        }

        // No range is empty.
        return root!.Value;
    }

    /// <summary>The root of the complete subtree of 2^height entries at a place among its like.</summary>
    private async ValueTask<Result<Digest>> SubtreeAsync(int height, long index, CancellationToken cancellationToken)
    {
        var (level, heightInTile) = Math.DivRem(height, TileId.LevelHeight);
        var first = index << heightInTile;
        var id = TileLayout.TileAt(size, level, first / TileId.HashesMax);
        if (!_tiles.TryGetValue(id, out var tile))
        {
            if (!(await ReadAsync(id, cancellationToken)).TryGet(out tile, out var refusal))
            {
                return refusal;
            }

            _tiles.Add(id, tile);
        }

        return tile.At(heightInTile, (int)(first % TileId.HashesMax) >> heightInTile);
    }

    private async ValueTask<Result<TileNodes>> ReadAsync(TileId id, CancellationToken cancellationToken)
    {
        if (keeper?.Find(id, size) is { } kept)
        {
            return kept;
        }

        return TileLayout.Check(id, await source.ReadTileAsync(id, cancellationToken)).Then<TileNodes>(hashes =>
        {
            var tile = new TileNodes(hashes.Span);
            keeper?.Keep(id, size, tile);
            return tile;
        });
    }
}
