using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Sqlite;

/// <content>What is asked about the tree.</content>
public sealed partial class SqliteNodeStore
{
    private const string SelectEntries = """
        SELECT idx, entry FROM audit_entries WHERE idx >= $from AND idx < $to ORDER BY idx
        """;

    private const string SelectPlace = "SELECT idx FROM audit_places WHERE row_id = $row_id";

    private const string SelectTile = """
        SELECT substr(hashes, 1, $size) FROM audit_tiles
        WHERE level = $level AND idx = $idx AND length(hashes) >= $size
        """;

    /// <inheritdoc />
    public ITileSource Tiles => new OwnTiles(_readers);

    /// <inheritdoc />
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadEntriesAsync(long from, int max, CancellationToken ct)
    {
        AuditRules.CheckIndex(from);
        AuditRules.CheckCount(max, AuditIntegration.EntriesMax);
        return _readers.ReadAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(session => ReadEntries(session, from, max), ct);
    }

    /// <inheritdoc />
    public async Task<long?> GetPlaceAsync(RowId rowId, CancellationToken ct) => (long?)await _readers.ReadAsync(
        session => session.QueryOne<object>(
            SelectPlace, static reader => reader.GetInt64(0), ("$row_id", rowId)),
        ct);

    private static List<ReadOnlyMemory<byte>> ReadEntries(SqliteSession session, long from, int max)
    {
        var rows = session.Query(
            SelectEntries,
            static reader => (Index: reader.GetInt64(0), Entry: reader.GetBlob(1)),
            ("$from", from),
            ("$to", from > long.MaxValue - max ? long.MaxValue : from + max));

        // What is behind a gap is not what was asked for.
        return rows.TakeWhile((row, place) => row.Index == from + place)
            .Select(row => new ReadOnlyMemory<byte>(row.Entry)).ToList();
    }

    private sealed class OwnTiles(SqliteReaders readers) : ITileSource
    {
        public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
            await readers.ReadAsync(
                session => Present(session.QueryOne(
                    SelectTile,
                    static reader => reader.GetBlob(0),
                    ("$size", id.SizeBytes),
                    ("$level", id.Level),
                    ("$idx", id.Index))),
                cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(
            BundleId id, CancellationToken cancellationToken)
        {
            var entries = await readers.ReadAsync(
                session => ReadEntries(session, id.FirstEntry, id.Width), cancellationToken);
            return entries.Count == id.Width ? Present(EntryBundle.Encode(entries)) : null;
        }
    }
}
