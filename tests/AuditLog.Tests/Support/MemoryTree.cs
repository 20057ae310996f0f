using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests;

/// <summary>A whole tree in memory. Asked for a narrower tile than it has, it cuts.</summary>
internal sealed class MemoryTree : ITileSource
{
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    private readonly Dictionary<long, byte[]> _bundles = [];

    public MemoryTree(IEnumerable<byte[]> entries)
    {
        var edge = RightEdge.Empty();
        foreach (var chunk in entries.Chunk(TileId.HashesMax))
        {
            _bundles[edge.Size / TileId.HashesMax] = EntryBundle.Encode([.. chunk.Select(entry => entry.AsMemory())]);
            foreach (var entry in chunk)
            {
                edge.Append(LogHash.Leaf(entry));
            }

            foreach (var tile in edge.TakeChanged())
            {
                _tiles[(tile.Id.Level, tile.Id.Index)] = tile.Hashes;
            }
        }

        (Size, Root) = (edge.Size, edge.Root());
    }

    public long Size { get; }

    public Digest Root { get; }

    /// <summary>Counts what was read.</summary>
    public List<TileId> Read { get; } = [];

    /// <summary>The files of a static export, by path, without the checkpoint; fresh copies.</summary>
    public Dictionary<string, byte[]> Export()
    {
        var files = TileLayout.Tiles(Size).ToDictionary(id => id.Path, id => (byte[])[.. _tiles[(id.Level, id.Index)]]);
        foreach (var id in TileLayout.Bundles(Size))
        {
            files.Add(id.Path, [.. _bundles[id.Index]]);
        }

        return files;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        lock (Read)
        {
            Read.Add(id);
        }

        return new(Find(id) is { } hashes ? hashes.AsMemory() : null);
    }

    public byte[]? Find(TileId id) =>
        _tiles.TryGetValue((id.Level, id.Index), out var hashes) && hashes.Length >= id.SizeBytes
            ? hashes[..id.SizeBytes]
            : null;

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (!_bundles.TryGetValue(id.Index, out var bundle))
        {
            return new((ReadOnlyMemory<byte>?)null);
        }

        var offset = 0;
        for (var i = 0; i < id.Width; i++)
        {
            if (offset == bundle.Length || !EntryBundle.TryTake(bundle, ref offset, out _))
            {
                return new((ReadOnlyMemory<byte>?)null);
            }
        }

        return new(bundle.AsMemory(0, offset));
    }
}
