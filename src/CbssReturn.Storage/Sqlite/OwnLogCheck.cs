using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Holds head, entries, tiles, details, places, checkpoints and proofs against each other.</summary>
/// <remarks>The log may grow meanwhile: what is compared with the head is compared in the statement that reads it, or
/// reaches no further than the head that was read first.</remarks>
internal sealed class OwnLogCheck(
    IAuditStore store, SqliteReaders readers, AuditCheckMeans means, AuditFindings findings)
{
    private const int PageRows = 1000;

    private const string SelectHead = "SELECT size, root, generation, row_hash FROM audit_head WHERE id = 1";

    private const string CountHeads = "SELECT count(*) FROM audit_head";

    private const string SelectEntryBehind =
        "SELECT idx FROM audit_entries WHERE idx >= (SELECT size FROM audit_head) ORDER BY idx LIMIT 1";

    private const string SelectGap = """
        SELECT idx + 1 FROM audit_entries
        WHERE idx + 1 < $size
            AND NOT EXISTS (SELECT 1 FROM audit_entries AS next WHERE next.idx = audit_entries.idx + 1)
        ORDER BY idx LIMIT 1
        """;

    private const string SelectTilesBehind = """
        SELECT level, idx FROM audit_tiles
        WHERE idx * 256 + length(hashes) / 32 > (SELECT size FROM audit_head) >> (8 * level) LIMIT 100
        """;

    private const string SelectDetails = """
        SELECT audit_details.idx, digest, kek_id, wrapped_key, ciphertext, entry
        FROM audit_details LEFT JOIN audit_entries ON audit_entries.idx = audit_details.idx
        WHERE audit_details.idx > $after ORDER BY audit_details.idx LIMIT $max
        """;

    private const string SelectWithoutDetail = """
        SELECT audit_entries.idx, audit_entries.entry, before.entry
        FROM audit_entries LEFT JOIN audit_entries AS before ON before.idx = audit_entries.idx - 1
        WHERE audit_entries.idx > $after AND audit_entries.idx < $size AND length(audit_entries.entry) = 149
            AND NOT EXISTS (SELECT 1 FROM audit_details WHERE audit_details.idx = audit_entries.idx)
        ORDER BY audit_entries.idx LIMIT $max
        """;

    private const string SelectPlaces = """
        SELECT row_id, audit_places.idx, leaf_hash, entry,
            EXISTS (SELECT 1 FROM received WHERE received.row_id = audit_places.row_id)
            OR EXISTS (SELECT 1 FROM outbox WHERE outbox.row_id = audit_places.row_id)
        FROM audit_places LEFT JOIN audit_entries ON audit_entries.idx = audit_places.idx
        WHERE row_id > $after ORDER BY row_id LIMIT $max
        """;

    private const string SelectCheckpoints = """
        SELECT size, root, at, generation, row_hash, note FROM audit_checkpoints
        WHERE size > $after ORDER BY size LIMIT $max
        """;

    private const string SelectAdopted = """
        SELECT said, audit_adopted.idx, entry
        FROM audit_adopted LEFT JOIN audit_entries ON audit_entries.idx = audit_adopted.idx
        WHERE said > $after ORDER BY said LIMIT $max
        """;

    private const string SelectIntake = """
        SELECT sequence, detail_digest, kek_id, wrapped_key, ciphertext FROM audit_intake
        WHERE sequence > $after AND detail_digest IS NOT NULL ORDER BY sequence LIMIT $max
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        var head = await CheckHeadAsync(ct);
        if (head is null)
        {
            return;
        }

        var erased = await CheckTreeAsync(head, ct);
        await CheckDetailsAsync(ct);
        if (means.IsPad is { } isPad && erased is not null)
        {
            await CheckMissingDetailsAsync(head, erased, isPad, ct);
        }

        await PageAsync(SelectPlaces, Array.Empty<byte>(), CheckPlace, ct);
        await CheckCheckpointsAsync(ct);
        await PageAsync(SelectAdopted, Array.Empty<byte>(), CheckAdopted, ct);
        await PageAsync(SelectIntake, 0L, CheckIntake, ct);
    }

    private async Task<AuditHead?> CheckHeadAsync(CancellationToken ct)
    {
        const string table = "audit_head";
        var read = await readers.ReadAsync(
            session => session.QueryOne(
                SelectHead,
                static reader => Tuple.Create(
                    new AuditHead(reader.GetInt64(0), reader.GetDigest(1), reader.GetInt64(2)), reader.GetDigest(3))),
            ct);
        findings.Expect(read is not null, table, "1", "The head is missing.");
        if (read is not { Item1: var head, Item2: var hash })
        {
            return null;
        }

        findings.Expect(
            hash == AuditRowHash.OfHead(head.Size, head.Root, head.Generation), table, "1", "The head was changed.");
        var heads = await readers.ReadAsync(static session => session.QueryNumber(CountHeads), ct);
        findings.Expect(heads == 1, table, "1", "There is more than one head.");
        return head;
    }

    /// <returns>The entries whose detail was erased; null when the tree is not sound and does not tell.</returns>
    private async Task<HashSet<long>?> CheckTreeAsync(AuditHead head, CancellationToken ct)
    {
        var (erased, rules) = (new HashSet<long>(), new EntryRules());
        Refusal? Visit(long index, ReadOnlySpan<byte> bytes)
        {
            if (!LogEntry.Parse(bytes).TryGet(out var entry, out var refusal))
            {
                return refusal;
            }

            if (entry.Event == AuditEvent.DetailErased)
            {
                erased.Add(entry.Index);
            }

            return rules.Check(index, entry);
        }

        var gap = await NumberOrNullAsync(SelectGap, ct, ("$size", head.Size));
        findings.Expect(gap is null, "audit_entries", gap ?? 0, "The entry is missing.");
        var fault = await new TreeAudit(store.Tiles, RightEdge.Empty()).AdvanceAsync(head.Size, head.Root, Visit, ct);
        if (fault is not null)
        {
            findings.Add(fault, "audit_");
        }

        var behind = await NumberOrNullAsync(SelectEntryBehind, ct);
        findings.Expect(behind is null, "audit_entries", behind ?? 0, "The entry lies behind the end of the log.");
        var tiles = await readers.ReadAsync(
            static session => session.Query(
                SelectTilesBehind, static reader => (Level: reader.GetInt32(0), Index: reader.GetInt64(1))),
            ct);
        foreach (var (level, index) in tiles)
        {
            findings.Expect(
                false, "audit_tiles", $"{level}/{index}", "The tile lies behind the end of the log.", index);
        }

        return fault is null ? erased : null;
    }

    private Task CheckDetailsAsync(CancellationToken ct) => PageAsync(
        SelectDetails,
        -1L,
        reader =>
        {
            var row = new AuditDetailRow(reader.GetInt64(0), reader.GetDigest(1), reader.GetSealed(2));
            var isOfEntry = EntryAt(reader, 5) is { } entry && entry.Detail == row.Digest;
            findings.Expect(isOfEntry, "audit_details", row.Index, "The entry commits to another detail, or to none.");
            findings.Expect(
                means.DetailOpens?.Invoke(row) ?? true, "audit_details", row.Index, "The detail does not open.");
            return row.Index;
        },
        ct);

    private async Task CheckMissingDetailsAsync(
        AuditHead head, HashSet<long> erased, Func<long, LogEntry, Digest, bool> isPad, CancellationToken ct)
    {
        var missing = new List<long>();
        await PageAsync(
            SelectWithoutDetail,
            -1L,
            reader =>
            {
                var index = reader.GetInt64(0);
                var before = reader.IsDBNull(2) ? default : LogHash.Leaf(reader.GetBlob(2));
                if (!erased.Contains(index)
                    && !(EntryAt(reader, 1) is { } entry && isPad(index, entry, before))
                    && means.IsLost?.Invoke(index) is not true)
                {
                    missing.Add(index);
                }

                return index;
            },
            ct,
            ("$size", head.Size));
        if (missing.Count > 0)
        {
            erased = await FindErasedSinceAsync(head.Size, ct);
        }

        foreach (var index in missing.Take(AuditDamage.ListMax))
        {
            findings.Expect(
                erased.Contains(index), "audit_details", index,
                "The detail is missing, and no entry says that it was erased.");
        }
    }

    /// <summary>Looks for what was erased while the check ran: in the intake first, as from there it moves
    /// on.</summary>
    private async Task<HashSet<long>> FindErasedSinceAsync(long size, CancellationToken ct)
    {
        var erased = (await store.ReadWaitingAsync(AuditIntegration.EntriesMax, ct))
            .Where(row => row.Event == AuditEvent.DetailErased).Select(row => row.PeerEntryIndex).ToHashSet();
        while (await store.ReadEntriesAsync(size, AuditIntegration.EntriesMax, ct) is { Count: > 0 } entries)
        {
            erased.UnionWith(entries.Select(entry => LogEntry.Parse(entry.Span))
                .Where(entry => entry is { IsOk: true, Value.Event: AuditEvent.DetailErased })
                .Select(entry => entry.Value.Index));
            size += entries.Count;
        }

        return erased;
    }

    private byte[] CheckPlace(SqliteDataReader reader)
    {
        const string table = "audit_places";
        var (row, index) = (reader.GetRowId(0), reader.GetInt64(1));
        var isOfEntry = !reader.IsDBNull(3) && LogHash.Leaf(reader.GetBlob(3)) == reader.GetDigest(2);
        findings.Expect(isOfEntry, table, row.ToString(), "The entry at the place is another one.", index);
        findings.Expect(reader.GetBoolean(4), table, row.ToString(), "There is no such packet.", index);
        return row.ToArray();
    }

    private async Task CheckCheckpointsAsync(CancellationToken ct)
    {
        const string table = "audit_checkpoints";
        var roots = new List<(long Size, Digest Root)>();
        long? bare = null;
        await PageAsync(
            SelectCheckpoints,
            -1L,
            reader =>
            {
                var (size, root, at, generation) =
                    (reader.GetInt64(0), reader.GetDigest(1), reader.GetMoment(2), reader.GetInt64(3));
                findings.Expect(
                    reader.GetDigest(4) == AuditRowHash.OfCheckpoint(size, root, at, generation),
                    table, size, "The checkpoint was changed.");
                var note = reader.GetBlobOrNull(5);
                findings.Expect(
                    note is null || AuditFindings.IsNoteOf(note, means.Origin, size, root),
                    table, size, "The note says something else.");
                findings.Expect(
                    note is null || (means.NoteIsGenuine?.Invoke(note) ?? true),
                    table,
                    size,
                    "The note is not genuine.");
                bare = note is null ? bare ?? size : bare;
                roots.Add((size, root));
                return size;
            },
            ct);

        // A node signs what it has recorded before it records more, so only the newest may wait for its note.
        findings.Expect(
            bare is null || bare == roots[^1].Size,
            table,
            bare ?? 0,
            "The checkpoint has no note, and is not the newest.");
        var end = (await store.GetAuditHeadAsync(ct)).Size;  // as large as the newest of them at least
        foreach (var (size, root) in roots)
        {
            findings.Expect(
                size <= end && await AuditFindings.IsRootAsync(store.Tiles, size, root, ct),
                table, size, "The tree has another root at this size.");
        }
    }

    private byte[] CheckAdopted(SqliteDataReader reader)
    {
        var (said, index) = (reader.GetBlob(0), reader.GetInt64(1));
        var isOfEntry = EntryAt(reader, 2) is { } entry
            && AdoptedStatement.IsAboutPacket(entry.Event)
            && said.AsSpan().SequenceEqual(AdoptedStatement.Of(entry.Event, entry.Outcome, entry.Tag));
        findings.Expect(
            isOfEntry, "audit_adopted", Convert.ToHexStringLower(said), "The entry says something else.", index);
        return said;
    }

    private long CheckIntake(SqliteDataReader reader)
    {
        var sequence = reader.GetInt64(0);
        var row = new AuditDetailRow(0, reader.GetDigest(1), reader.GetSealed(2));
        findings.Expect(
            means.DetailOpens?.Invoke(row) ?? true, "audit_intake",
            sequence.ToString(CultureInfo.InvariantCulture), "The detail does not open.");
        return sequence;
    }

    private static LogEntry? EntryAt(SqliteDataReader reader, int column) =>
        !reader.IsDBNull(column) && LogEntry.Parse(reader.GetBlob(column)).TryGet(out var entry, out _) ? entry : null;

    private async Task<long?> NumberOrNullAsync(
        string sql, CancellationToken ct, params (string Name, object? Value)[] values) =>
        (long?)await readers.ReadAsync(
            session => session.QueryOne<object>(sql, static reader => reader.GetInt64(0), values), ct);

    private Task PageAsync<TKey>(
        string sql,
        TKey before,
        Func<SqliteDataReader, TKey> check,
        CancellationToken ct,
        params (string Name, object? Value)[] values)
        where TKey : notnull => readers.PageAsync(sql, before, PageRows, check, ct, values);
}
