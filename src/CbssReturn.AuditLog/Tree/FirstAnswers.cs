namespace CbssReturn.AuditLog;

/// <summary>A source that gives each file as it gave it first. What was checked is then what is used: a liar could
/// answer otherwise the second time. Keeps all that was read, so it is for one check and not for a whole log. Not safe
/// to share between threads.</summary>
/// <param name="source">Where the files are read.</param>
public sealed class FirstAnswers(ITileSource source) : ITileSource
{
    private readonly Dictionary<TileId, ReadOnlyMemory<byte>?> _tiles = [];
    private readonly Dictionary<BundleId, ReadOnlyMemory<byte>?> _bundles = [];

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        if (!_tiles.TryGetValue(id, out var tile))
        {
            _tiles[id] = tile = await source.ReadTileAsync(id, cancellationToken);
        }

        return tile;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (!_bundles.TryGetValue(id, out var bundle))
        {
            _bundles[id] = bundle = await source.ReadBundleAsync(id, cancellationToken);
        }

        return bundle;
    }
}
