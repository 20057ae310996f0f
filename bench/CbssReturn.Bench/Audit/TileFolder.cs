using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Bench.Audit;

/// <summary>The tiles of a log in a folder, as a static export holds them; deleted afterwards.</summary>
internal sealed class TileFolder : ITileSource, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cbss-tiles-");

    public TileFolder(int size)
    {
        var edge = RightEdge.Empty();
        for (var index = 0; index < size; index++)
        {
            edge.Append(LeafOf(index));
            if ((index + 1) % (TileId.HashesMax * TileId.HashesMax) == 0)
            {
                Write(edge.TakeChanged());
            }
        }

        Write(edge.TakeChanged());
        Root = edge.Root();
    }

    public Digest Root { get; }

    public static Digest LeafOf(long index) => LogHash.Leaf(BitConverter.GetBytes(index));

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(Path.Combine(_folder.FullName, id.Path));
        var hashes = new byte[id.SizeBytes];
        return RandomAccess.Read(file, hashes, 0) == hashes.Length
            ? new(hashes)
            : throw new InvalidOperationException($"{id.Path} ends early.");
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A proof reads no entries.");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(IEnumerable<Tile> tiles)
    {
        foreach (var tile in tiles)
        {
            var path = Path.Combine(_folder.FullName, tile.Id.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, tile.Hashes);
        }
    }
}
