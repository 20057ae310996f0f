using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Bench.Audit;

/// <summary>A whole log in memory, so that hashing is measured and not reading.</summary>
internal sealed class MemoryLog : ITileSource
{
    private readonly Dictionary<TileId, byte[]> _tiles = [];
    private readonly Dictionary<BundleId, byte[]> _bundles = [];

    public MemoryLog(int size)
    {
        var edge = RightEdge.Empty();
        var entries = new ReadOnlyMemory<byte>[TileId.HashesMax];
        for (var index = 0; index < size; index++)
        {
            var entry = EntryOf(index);
            edge.Append(LogHash.Leaf(entry));
            var place = index % TileId.HashesMax;
            entries[place] = entry;
            if (place == TileId.HashesMax - 1 || index == size - 1)
            {
                _bundles[new BundleId(index / TileId.HashesMax, place + 1)] =
                    EntryBundle.Encode(entries[..(place + 1)]);
            }
        }

        foreach (var tile in edge.TakeChanged())
        {
            _tiles[tile.Id] = tile.Hashes;
        }

        Root = edge.Root();
    }

    public Digest Root { get; }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
        new(_tiles[id]);

    public ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(BundleId id, CancellationToken cancellationToken) =>
        new(_bundles[id]);

    /// <summary>A local entry with a detail, the commonest there is: 149 bytes.</summary>
    private static byte[] EntryOf(int index) => new LogEntry
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = DateTimeOffset.FromUnixTimeSeconds(1_795_516_200 + (60L * (index / 100))),
        Detail = Digest.Of(BitConverter.GetBytes(index)),
    }.ToBytes();
}
