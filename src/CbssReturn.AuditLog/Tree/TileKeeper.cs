using System.Collections.Concurrent;

namespace CbssReturn.AuditLog;

/// <summary>Keeps the tiles that most proofs need: the full ones above the entries, and the partial ones of one size.
/// Safe to share between threads.</summary>
/// <remarks>A tile of a given width never changes, so nothing is ever stale. Full tiles of level 0 are too many and too
/// seldom needed to be kept.</remarks>
/// <param name="tilesMax">Most full tiles that are kept; when there are more, the oldest is forgotten.</param>
internal sealed class TileKeeper(int tilesMax)
{
    private readonly ConcurrentDictionary<TileId, TileNodes> _full = new();
    private readonly ConcurrentQueue<TileId> _order = new();

    // The partial tiles of the size that was asked for last. Replaced as a whole, never cleared.
    private volatile Edge _edge = new(0);

    /// <summary>Number of tiles that are kept.</summary>
    public int Count => _full.Count + _edge.Tiles.Count;

    /// <summary>Returns a tile that is kept; else null.</summary>
    /// <param name="id">Which tile.</param>
    /// <param name="size">Size of the tree that it is asked for.</param>
    public TileNodes? Find(TileId id, long size) => PoolOf(id, size)?.GetValueOrDefault(id);

    /// <summary>Keeps a tile, if it is of those that are kept.</summary>
    /// <param name="id">Which tile.</param>
    /// <param name="size">Size of the tree that it was read for.</param>
    /// <param name="tile">The tile.</param>
    public void Keep(TileId id, long size, TileNodes tile)
    {
        if (PoolOf(id, size) is not { } pool || !pool.TryAdd(id, tile) || pool != _full)
        {
            return;
        }

        _order.Enqueue(id);
        while (_full.Count > tilesMax && _order.TryDequeue(out var oldest))
        {
            _full.TryRemove(oldest, out _);
        }
    }

    private ConcurrentDictionary<TileId, TileNodes>? PoolOf(TileId id, long size)
    {
        if (id.Width == TileId.HashesMax)
        {
            return id.Level > 0 ? _full : null;
        }

        var edge = _edge;
        if (edge.Size != size)
        {
            _edge = edge = new Edge(size);
        }

        return edge.Tiles;
    }

    private sealed record Edge(long Size)
    {
        public ConcurrentDictionary<TileId, TileNodes> Tiles { get; } = new();
    }
}
