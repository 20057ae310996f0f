using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A log in memory whose entries are made of their indexes.</summary>
internal sealed class TestTree(byte seed = 1) : ITileSource
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    private readonly HashSet<TileId> _lost = [];
    private readonly List<Digest> _roots = [LogHash.Empty];
    private readonly RightEdge _edge = RightEdge.Empty();

    // Not a null array, which would become empty bytes.
    private static ReadOnlyMemory<byte>? NoBytes => (ReadOnlyMemory<byte>?)null;

    public long Size => _edge.Size;

    public Digest Root => _edge.Root();

    /// <summary>How often each tile was read.</summary>
    public Dictionary<TileId, int> TilesRead { get; } = [];

    /// <summary>After so many tiles every read fails.</summary>
    public int ReadsLeft { get; set; } = int.MaxValue;

    public Digest RootAt(long size) => _roots[(int)size];

    public ReadOnlyMemory<byte> Entry(long index) => _entries[(int)index];

    public void Grow(long size)
    {
        while (Size < size)
        {
            var entry = EntryOf(Size);
            _entries.Add(entry);
            _edge.Append(LogHash.Leaf(entry));
            _roots.Add(_edge.Root());
        }

        foreach (var tile in _edge.TakeChanged())
        {
            _tiles[(tile.Id.Level, tile.Id.Index)] = tile.Hashes;
        }
    }

    public void Lose(TileId tile) => _lost.Add(tile);

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken)
    {
        if (ReadsLeft-- <= 0)
        {
            throw new IOException("No more reads.");
        }

        TilesRead[id] = TilesRead.GetValueOrDefault(id) + 1;
        var isThere = _tiles.TryGetValue((id.Level, id.Index), out var hashes) && hashes.Length >= id.SizeBytes;
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(
            isThere && !_lost.Contains(id) ? new ReadOnlyMemory<byte>(hashes, 0, id.SizeBytes) : NoBytes);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(id.FirstEntry + id.Width <= Size
            ? EntryBundle.Encode(_entries.GetRange((int)id.FirstEntry, id.Width))
            : NoBytes);

    private byte[] EntryOf(long index) => new LogEntry
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = DateTimeOffset.UnixEpoch,
        Detail = Digest.Of([seed, .. BitConverter.GetBytes(index)]),
    }.ToBytes();
}
