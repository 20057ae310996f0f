using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;

namespace CbssReturn.Auditor.Tests;

/// <summary>An auditor's own copy of one log, in memory. A wider file stands for each of its beginnings.</summary>
internal sealed class MemoryMirror : ILogMirror
{
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    private readonly Dictionary<long, (int Width, byte[] Bytes)> _bundles = [];
    private readonly Dictionary<string, byte[]> _staged = [];

    public void DropStaged() => _staged.Clear();

    public void Stage(string path, ReadOnlySpan<byte> content) => _staged[path] = content.ToArray();

    public void KeepStaged()
    {
        foreach (var (path, content) in _staged)
        {
            if (TileId.ParsePath(path).TryGet(out var tile, out _))
            {
                _tiles[(tile.Level, tile.Index)] = content;
            }
            else if (BundleId.ParsePath(path).TryGet(out var bundle, out _))
            {
                _bundles[bundle.Index] = (bundle.Width, content);
            }
        }

        _staged.Clear();
    }

    public void Trim(long oldSize, long newSize)
    {
        // Nothing lies about that could be removed.
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        new(_tiles.TryGetValue((id.Level, id.Index), out var tile) && tile.Length >= id.SizeBytes
            ? tile.AsMemory(0, id.SizeBytes)
            : (ReadOnlyMemory<byte>?)null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken)
    {
        if (!_bundles.TryGetValue(id.Index, out var bundle) || bundle.Width < id.Width)
        {
            return new((ReadOnlyMemory<byte>?)null);
        }

        return new(bundle.Width == id.Width
            ? bundle.Bytes
            : EntryBundle.Encode(EntryBundle.Parse(bundle.Bytes, bundle.Width).Value[..id.Width]));
    }
}
