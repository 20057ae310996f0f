using System.Buffers.Binary;
using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Logs that are pushed to this node. What is held only grows.</content>
public sealed partial class SqliteNodeStore
{
    private const string MirrorName = "audit-mirror";

    private const string InsertMirror = """
        INSERT INTO mirrored_logs (origin, size, root) VALUES ($origin, 0, $root) ON CONFLICT (origin) DO NOTHING
        """;

    private const string SelectMirrorId = "SELECT log_id FROM mirrored_logs WHERE origin = $origin";

    private const string SelectMirror = "SELECT origin, size, root FROM mirrored_logs WHERE origin = $origin";

    private const string SelectMirrors = "SELECT origin, size, root FROM mirrored_logs ORDER BY origin LIMIT $max";

    private const string UpdateMirror = """
        UPDATE mirrored_logs SET size = $size, root = $root
        WHERE log_id = $log_id AND size = $expected_size AND ($size > $expected_size OR root = $root)
        """;

    private const string UpsertMirroredBundle = """
        INSERT INTO mirrored_bundles (log_id, idx, entries) VALUES ($log_id, $idx, $entries)
        ON CONFLICT (log_id, idx) DO UPDATE SET entries = excluded.entries
        WHERE substr(excluded.entries, 1, length(entries)) = entries
        """;

    private const string UpsertMirroredTile = """
        INSERT INTO mirrored_tiles (log_id, level, idx, hashes) VALUES ($log_id, $level, $idx, $hashes)
        ON CONFLICT (log_id, level, idx) DO UPDATE SET hashes = excluded.hashes
        WHERE substr(excluded.hashes, 1, length(hashes)) = hashes
        """;

    // Neither a smaller size than the newest one nor another root for a size.
    private const string UpsertMirroredCheckpoint = """
        INSERT INTO mirrored_checkpoints (log_id, size, root, note)
        SELECT $log_id, $size, $root, $note
        WHERE NOT EXISTS (SELECT 1 FROM mirrored_checkpoints WHERE log_id = $log_id AND size > $size)
        ON CONFLICT (log_id, size) DO UPDATE SET note = excluded.note WHERE root = excluded.root
        """;

    private const string SelectMirroredBundle = """
        SELECT entries FROM mirrored_bundles JOIN mirrored_logs ON mirrored_logs.log_id = mirrored_bundles.log_id
        WHERE origin = $origin AND idx = $idx
        """;

    private const string SelectMirroredTile = """
        SELECT substr(hashes, 1, $size)
        FROM mirrored_tiles JOIN mirrored_logs ON mirrored_logs.log_id = mirrored_tiles.log_id
        WHERE origin = $origin AND level = $level AND idx = $idx AND length(hashes) >= $size
        """;

    private const string SelectMirroredCheckpoints = """
        SELECT mirrored_checkpoints.size, mirrored_checkpoints.root, note
        FROM mirrored_checkpoints JOIN mirrored_logs ON mirrored_logs.log_id = mirrored_checkpoints.log_id
        WHERE origin = $origin AND mirrored_checkpoints.size >= $from ORDER BY mirrored_checkpoints.size LIMIT $max
        """;

    private const string SelectNewestMirroredCheckpoint = """
        SELECT mirrored_checkpoints.size, mirrored_checkpoints.root, note
        FROM mirrored_checkpoints JOIN mirrored_logs ON mirrored_logs.log_id = mirrored_checkpoints.log_id
        WHERE origin = $origin ORDER BY mirrored_checkpoints.size DESC LIMIT 1
        """;

    /// <inheritdoc />
    public Task<IReadOnlyList<MirroredLog>> ListMirroredAsync(CancellationToken ct) =>
        _readers.ReadAsync<IReadOnlyList<MirroredLog>>(
            static session => session.Query(SelectMirrors, ReadMirror, ("$max", StoreLimits.ListMax)), ct);

    /// <inheritdoc />
    public Task<MirroredLog?> GetMirroredAsync(string origin, CancellationToken ct)
    {
        AuditRules.CheckOrigin(origin);
        return _readers.ReadAsync(session => session.QueryOne(SelectMirror, ReadMirror, ("$origin", origin)), ct);
    }

    /// <inheritdoc />
    public ITileSource MirroredTiles(string origin)
    {
        AuditRules.CheckOrigin(origin);
        return new MirrorTiles(_readers, origin);
    }

    /// <inheritdoc />
    public Task<bool> StoreMirroredAsync(MirrorUpdate update, CancellationToken ct)
    {
        AuditRules.Check(update);
        var request = new CallRequest<bool>(MirrorName, session => Both(StoreMirrored(session, update)))
        {
            SizeBytes = update.Bundles.Sum(static bundle => (long)bundle.Entries.Length),
        };
        return WriteAsync(request, ct);
    }

    /// <inheritdoc />
    public Task<MirroredCheckpoint?> GetMirroredCheckpointAsync(string origin, CancellationToken ct)
    {
        AuditRules.CheckOrigin(origin);
        return _readers.ReadAsync(
            session => session.QueryOne(SelectNewestMirroredCheckpoint, ReadMirroredCheckpoint, ("$origin", origin)),
            ct);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<MirroredCheckpoint>> ListMirroredCheckpointsAsync(
        string origin, long fromSize, int max, CancellationToken ct)
    {
        AuditRules.CheckOrigin(origin);
        AuditRules.CheckIndex(fromSize);
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<MirroredCheckpoint>>(
            session => session.Query(
                SelectMirroredCheckpoints,
                ReadMirroredCheckpoint,
                ("$origin", origin),
                ("$from", fromSize),
                ("$max", max)),
            ct);
    }

    private static bool StoreMirrored(SqliteSession session, MirrorUpdate update)
    {
        session.Execute(InsertMirror, ("$origin", update.Origin), ("$root", LogHash.Empty));
        var log = session.QueryNumber(SelectMirrorId, ("$origin", update.Origin));
        return session.Execute(
                UpdateMirror,
                ("$size", update.NewSize),
                ("$root", update.Root),
                ("$log_id", log),
                ("$expected_size", update.ExpectedSize)) == 1
            && update.Bundles.All(bundle => session.Execute(
                UpsertMirroredBundle,
                ("$log_id", log),
                ("$idx", bundle.Id.Index),
                ("$entries", bundle.Entries)) == 1)
            && update.Tiles.All(tile => session.Execute(
                UpsertMirroredTile,
                ("$log_id", log),
                ("$level", tile.Id.Level),
                ("$idx", tile.Id.Index),
                ("$hashes", new ReadOnlyMemory<byte>(tile.Hashes))) == 1)
            && (update.Checkpoint is not { } checkpoint || session.Execute(
                UpsertMirroredCheckpoint,
                ("$log_id", log),
                ("$size", checkpoint.Size),
                ("$root", checkpoint.Root),
                ("$note", checkpoint.Note)) == 1);
    }

    private static MirroredLog ReadMirror(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetDigest(2));

    private static MirroredCheckpoint ReadMirroredCheckpoint(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetDigest(1), reader.GetBlob(2));

    private sealed class MirrorTiles(SqliteReaders readers, string origin) : ITileSource
    {
        public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId id, CancellationToken cancellationToken) =>
            await readers.ReadAsync(
                session => Present(session.QueryOne(
                    SelectMirroredTile,
                    static reader => reader.GetBlob(0),
                    ("$size", id.SizeBytes),
                    ("$origin", origin),
                    ("$level", id.Level),
                    ("$idx", id.Index))),
                cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>?> ReadBundleAsync(
            BundleId id, CancellationToken cancellationToken)
        {
            var held = await readers.ReadAsync(
                session => session.QueryOne(
                    SelectMirroredBundle,
                    static reader => reader.GetBlob(0),
                    ("$origin", origin),
                    ("$idx", id.Index)),
                cancellationToken);
            return held is null ? null : FirstEntries(held, id.Width);
        }

        private static ReadOnlyMemory<byte>? FirstEntries(byte[] bundle, int width)
        {
            // The lengths are walked through; a bundle that ends before is narrower than asked for, or damaged.
            var offset = 0;
            for (var i = 0; i < width; i++)
            {
                offset += bundle.Length - offset >= sizeof(ushort)
                    ? sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(offset))
                    : sizeof(ushort);
                if (offset > bundle.Length)
                {
                    return null;
                }
            }

            return bundle.AsMemory(0, offset);
        }
    }
}
