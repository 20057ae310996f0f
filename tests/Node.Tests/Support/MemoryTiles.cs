using CbssReturn.AuditLog;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A tree with tiles of its own in front of another one.</summary>
internal sealed class MemoryTiles(ITileSource behind) : ITileSource
{
    private readonly Dictionary<TileId, byte[]> _tiles = [];

    public void Put(IEnumerable<Tile> tiles)
    {
        foreach (var tile in tiles)
        {
            _tiles[tile.Id] = tile.Hashes;
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        _tiles.TryGetValue(id, out var hashes)
            ? ValueTask.FromResult<ReadOnlyMemory<byte>?>(hashes)
            : behind.ReadTileAsync(id, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        behind.ReadBundleAsync(id, cancellationToken);
}
