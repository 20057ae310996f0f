using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Holds what is kept of other nodes' logs against itself: proofs, what was cosigned, mirrors, what was
/// seen.</summary>
internal sealed class PeerLogCheck(
    IAuditStore store, SqliteReaders readers, AuditCheckMeans means, AuditFindings findings)
{
    // A proof may have 64 KiB and a bundle 38.
    private const int PageRows = 100;

    private const string SelectProofs = """
        SELECT row_id, peer_entry_index, entry, proof, EXISTS (
            SELECT 1 FROM outbox WHERE outbox.row_id = outbox_proofs.row_id AND receipt_record IS NOT NULL)
        FROM outbox_proofs WHERE row_id > $after ORDER BY row_id LIMIT $max
        """;

    private const string SelectUnproven = """
        SELECT row_id, EXISTS (
            SELECT 1 FROM outbox
            WHERE outbox.row_id = outbox_unproven.row_id AND outbox.peer_index = outbox_unproven.peer_index
                AND state IN (2, 3) AND receipt_record IS NOT NULL)
        FROM outbox_unproven WHERE row_id > $after ORDER BY row_id LIMIT $max
        """;

    // In both lists, or a receipt that nobody asks a proof for.
    private const string SelectUnlisted = """
        SELECT row_id FROM outbox
        WHERE row_id > $after AND state IN (2, 3) AND receipt_record IS NOT NULL
            AND EXISTS (SELECT 1 FROM outbox_proofs WHERE outbox_proofs.row_id = outbox.row_id)
            = EXISTS (SELECT 1 FROM outbox_unproven WHERE outbox_unproven.row_id = outbox.row_id)
        ORDER BY row_id LIMIT $max
        """;

    private const string SelectWitnessed =
        "SELECT origin, size, root, note FROM witnessed_logs WHERE origin > $after ORDER BY origin LIMIT $max";

    private const string SelectSeen =
        "SELECT place, size, root, note FROM seen_checkpoints WHERE origin = $origin ORDER BY place";

    private const string SelectSeenOrigins =
        "SELECT DISTINCT origin FROM seen_checkpoints WHERE origin > $after ORDER BY origin LIMIT $max";

    private const string SelectMirrorIds =
        "SELECT log_id FROM mirrored_logs WHERE log_id > $after ORDER BY log_id LIMIT $max";

    private const string SelectMirror = "SELECT origin, size, root FROM mirrored_logs WHERE log_id = $log_id";

    private const string SelectMirroredCheckpoints = """
        SELECT size, root, note FROM mirrored_checkpoints
        WHERE log_id = $log_id AND size > $after ORDER BY size LIMIT $max
        """;

    private const string SelectOrphanBundle = """
        SELECT coalesce(min(log_id), 0) FROM mirrored_bundles
        WHERE log_id NOT IN (SELECT log_id FROM mirrored_logs)
        """;

    private const string SelectOrphanTile = """
        SELECT coalesce(min(log_id), 0) FROM mirrored_tiles
        WHERE log_id NOT IN (SELECT log_id FROM mirrored_logs)
        """;

    private const string SelectOrphanCheckpoint = """
        SELECT coalesce(min(log_id), 0) FROM mirrored_checkpoints
        WHERE log_id NOT IN (SELECT log_id FROM mirrored_logs)
        """;

    private const string CountBehind = """
        SELECT (
            SELECT count(*) FROM mirrored_bundles
            WHERE mirrored_bundles.log_id = $log_id AND mirrored_bundles.idx * 256 >= mirrored_logs.size)
            + (
            SELECT count(*) FROM mirrored_tiles
            WHERE mirrored_tiles.log_id = $log_id
                AND mirrored_tiles.idx * 256 + length(hashes) / 32 > mirrored_logs.size >> (8 * level))
        FROM mirrored_logs WHERE log_id = $log_id
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        await readers.PageAsync(SelectProofs, Array.Empty<byte>(), PageRows, CheckProof, ct);
        await readers.PageAsync(SelectUnproven, Array.Empty<byte>(), PageRows, CheckUnproven, ct);
        await readers.PageAsync(SelectUnlisted, Array.Empty<byte>(), PageRows, AddUnlisted, ct);
        await readers.PageAsync(SelectWitnessed, string.Empty, PageRows, CheckWitnessed, ct);
        await CheckSeenAsync(ct);
        await CheckMirrorsAsync(ct);
    }

    private byte[] CheckProof(SqliteDataReader reader)
    {
        var row = reader.GetRowId(0);
        void Expect(bool holds, string what) => findings.Expect(holds, "outbox_proofs", row.ToString(), what);
        var isProof = TlogProof.Parse(reader.GetBlob(3)).TryGet(out var proof, out _);
        Expect(
            isProof && proof!.Index == reader.GetInt64(1) && IsProven(proof, reader.GetBlob(2)),
            "The proof does not prove the entry.");
        Expect(
            !isProof || (means.NoteIsGenuine?.Invoke(proof!.Note.ToBytes()) ?? true), "The checkpoint is not genuine.");
        Expect(reader.GetBoolean(4), "There is no such packet with a receipt.");
        return row.ToArray();
    }

    private static bool IsProven(TlogProof proof, ReadOnlySpan<byte> entry)
    {
        var leaf = LogHash.Leaf(entry);
        return Checkpoint.Parse(proof.Note.Text).TryGet(out var checkpoint, out _)
            && InclusionProof.Verify(proof.Index, checkpoint.Size, leaf, proof.Hashes, checkpoint.Root).IsOk;
    }

    private byte[] CheckUnproven(SqliteDataReader reader)
    {
        var row = reader.GetRowId(0);
        findings.Expect(
            reader.GetBoolean(1), "outbox_unproven", row.ToString(), "There is no such packet of this peer.");
        return row.ToArray();
    }

    private byte[] AddUnlisted(SqliteDataReader reader)
    {
        var row = reader.GetRowId(0);
        findings.Expect(
            false, "outbox_unproven", row.ToString(), "The receipt is neither final nor waited for, or both.");
        return row.ToArray();
    }

    private string CheckWitnessed(SqliteDataReader reader)
    {
        var origin = reader.GetString(0);
        CheckNote("witnessed_logs", origin, origin, reader.GetInt64(1), reader.GetDigest(2), reader.GetBlob(3));
        return origin;
    }

    private async Task CheckSeenAsync(CancellationToken ct)
    {
        const string table = "seen_checkpoints";
        var origins = await ListAsync(SelectSeenOrigins, string.Empty, static reader => reader.GetString(0), ct);
        foreach (var origin in origins)
        {
            var places = await readers.ReadAsync(
                session => session.Query(
                    SelectSeen,
                    reader =>
                    {
                        CheckNote(
                            table, origin, origin, reader.GetInt64(1), reader.GetDigest(2), reader.GetBlob(3));
                        return reader.GetInt64(0);
                    },
                    ("$origin", origin)),
                ct);
            findings.Expect(
                places.Index().All(static item => item.Item == item.Index), table, origin, "A checkpoint is missing.");
        }
    }

    private async Task CheckMirrorsAsync(CancellationToken ct)
    {
        foreach (var log in await ListAsync(SelectMirrorIds, 0L, static reader => reader.GetInt64(0), ct))
        {
            await CheckMirrorAsync(log, ct);
        }

        foreach (var (table, sql) in ((string, string)[])
            [
                ("mirrored_bundles", SelectOrphanBundle), ("mirrored_tiles", SelectOrphanTile),
                ("mirrored_checkpoints", SelectOrphanCheckpoint),
            ])
        {
            var orphan = await readers.ReadAsync(session => session.QueryNumber(sql), ct);
            findings.Expect(orphan == 0, table, $"log {orphan}", "It is held of a log that is not mirrored.");
        }
    }

    private async Task CheckMirrorAsync(long log, CancellationToken ct)
    {
        var mirror = await readers.ReadAsync(
            session => session.QueryOne(
                SelectMirror,
                static reader => new MirroredLog(reader.GetString(0), reader.GetInt64(1), reader.GetDigest(2)),
                ("$log_id", log)),
            ct);
        if (mirror is null)
        {
            return;
        }

        var tiles = store.MirroredTiles(mirror.Origin);
        var audit = new TreeAudit(tiles, RightEdge.Empty());
        if (await audit.AdvanceAsync(mirror.Size, mirror.Root, null, ct) is { } fault)
        {
            findings.Add(fault, "mirrored_", mirror.Origin);
        }

        var behind = await readers.ReadAsync(session => session.QueryNumber(CountBehind, ("$log_id", log)), ct);
        findings.Expect(
            behind == 0, "mirrored_tiles", mirror.Origin, "Something lies behind the end of what is mirrored.");
        await CheckMirroredCheckpointsAsync(log, mirror, tiles, ct);
    }

    private async Task CheckMirroredCheckpointsAsync(
        long log, MirroredLog mirror, ITileSource tiles, CancellationToken ct)
    {
        const string table = "mirrored_checkpoints";
        var roots = new List<(long Size, Digest Root)>();
        await readers.PageAsync(
            SelectMirroredCheckpoints,
            -1L,
            PageRows,
            reader =>
            {
                var (size, root) = (reader.GetInt64(0), reader.GetDigest(1));
                CheckNote(table, $"{mirror.Origin} {size}", mirror.Origin, size, root, reader.GetBlob(2));
                roots.Add((size, root));
                return size;
            },
            ct,
            ("$log_id", log));
        foreach (var (size, root) in roots.Where(checkpoint => checkpoint.Size <= mirror.Size))
        {
            findings.Expect(
                await AuditFindings.IsRootAsync(tiles, size, root, ct),
                table, $"{mirror.Origin} {size}", "The mirrored tree has another root at this size.");
        }
    }

    private void CheckNote(string table, string key, string origin, long size, Digest root, byte[] note)
    {
        findings.Expect(AuditFindings.IsNoteOf(note, origin, size, root), table, key, "The note says something else.");
        findings.Expect(means.NoteIsGenuine?.Invoke(note) ?? true, table, key, "The note is not genuine.");
    }

    private async Task<List<TKey>> ListAsync<TKey>(
        string sql, TKey before, Func<SqliteDataReader, TKey> read, CancellationToken ct)
        where TKey : notnull
    {
        var keys = new List<TKey>();
        await readers.PageAsync(
            sql,
            before,
            PageRows,
            reader =>
            {
                keys.Add(read(reader));
                return keys[^1];
            },
            ct);
        return keys;
    }
}
