using CbssReturn.AuditLog;

namespace CbssReturn.Node.Tests.Support;

/// <summary>The tiles of an export, each under exactly its path, as a tool with no memory reads them.</summary>
internal sealed class TestTileFiles(string folder) : ITileSource
{
    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        Read(id.Path);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        Read(id.Path);

    private ValueTask<ReadOnlyMemory<byte>?> Read(string path)
    {
        var file = Path.Combine(folder, path);
        ReadOnlyMemory<byte>? content = null;
        if (File.Exists(file))
        {
            content = File.ReadAllBytes(file);
        }

        return ValueTask.FromResult(content);
    }
}
