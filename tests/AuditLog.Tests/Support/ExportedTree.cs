namespace CbssReturn.AuditLog.Tests;

/// <summary>The files of a static export, in memory. Gives exactly what it has.</summary>
internal sealed class ExportedTree(Dictionary<string, byte[]> files) : ITileSource
{
    public Dictionary<string, byte[]> Files => files;

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        new(files.TryGetValue(id.Path, out var bytes) ? bytes : null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        new(files.TryGetValue(id.Path, out var bytes) ? bytes : null);
}
