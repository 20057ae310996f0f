using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>The way out of a rollback.</content>
public sealed partial class SqliteNodeStore
{
    private const string AdoptName = "audit-adopt";

    private const string CountCheckpointsAbove = "SELECT count(*) FROM audit_checkpoints WHERE size > $common";

    private const string SelectTail = """
        SELECT audit_entries.entry, audit_places.row_id, digest, kek_id, wrapped_key, ciphertext
        FROM audit_entries
        LEFT JOIN audit_details ON audit_details.idx = audit_entries.idx
        LEFT JOIN audit_places ON audit_places.idx = audit_entries.idx
        WHERE audit_entries.idx >= $from ORDER BY audit_entries.idx LIMIT $max
        """;

    private const string SelectFirstSequence = "SELECT coalesce(min(sequence), 0) FROM audit_intake";

    private const string DeleteEntriesFrom = "DELETE FROM audit_entries WHERE idx >= $from";
    private const string DeleteDetailsFrom = "DELETE FROM audit_details WHERE idx >= $from";
    private const string DeletePlacesFrom = "DELETE FROM audit_places WHERE idx >= $from";

    private const string DeleteTilesFrom = "DELETE FROM audit_tiles WHERE level = $level AND idx >= $idx";

    private const string CutTile = """
        UPDATE audit_tiles SET hashes = substr(hashes, 1, $size) WHERE level = $level AND idx = $idx
        """;

    private const string InsertAdopted =
        "INSERT INTO audit_adopted (said, idx) VALUES ($said, $idx) ON CONFLICT DO NOTHING";

    private const string CountAdopted = "SELECT count(*) FROM audit_adopted WHERE said = $said";

    private const string SelectMatchable =
        "SELECT sequence, event, outcome, tag, detail_digest, subject FROM audit_intake ORDER BY sequence";

    private const string KeepAdoptedDetail = """
        INSERT INTO audit_details (idx, digest, kek_id, wrapped_key, ciphertext)
        SELECT $idx, detail_digest, kek_id, wrapped_key, ciphertext FROM audit_intake WHERE sequence = $sequence
        """;

    private const string DropWaiting = "DELETE FROM audit_intake WHERE sequence = $sequence";

    /// <inheritdoc />
    public Task<bool> AdoptEntriesAsync(AuditAdoption adoption, CancellationToken ct)
    {
        AuditRules.Check(adoption);
        var request = new CallRequest<bool>(AdoptName, session => Both(Adopt(session, adoption)))
        {
            SizeBytes = adoption.Entries.Sum(static entry => (long)entry.Length),
            MayFillIntake = true,
        };
        return WriteAsync(request, ct);
    }

    /// <inheritdoc />
    public Task<bool> IsLostTagAsync(Digest tag, CancellationToken ct) =>
        _readers.ReadAsync(
            session => session.QueryNumber(
                CountAdopted,
                ("$said", AdoptedStatement.Of(AuditEvent.PacketReceived, AuditOutcome.Done, tag))) > 0,
            ct);

    private static bool Adopt(SqliteSession session, AuditAdoption adoption)
    {
        var head = ReadHead(session);
        if (head.Generation != adoption.Generation || head.Size != adoption.ExpectedSize
            || session.QueryNumber(CountCheckpointsAbove, ("$common", adoption.CommonSize)) > 0)
        {
            return false;
        }

        if (!PutTailBack(session, adoption.CommonSize))
        {
            return false;
        }

        var byDetail = new Dictionary<Digest, AdoptedEntry>();
        for (var i = 0; i < adoption.Entries.Count; i++)
        {
            var (index, bytes) = (adoption.CommonSize + i, adoption.Entries[i]);
            session.Execute(InsertEntry, ("$idx", index), ("$entry", bytes));
            var entry = LogEntry.Parse(bytes.Span).Value;  // checked before
            if (AdoptedStatement.IsAboutPacket(entry.Event))
            {
                session.Execute(
                    InsertAdopted,
                    ("$said", AdoptedStatement.Of(entry.Event, entry.Outcome, entry.Tag)),
                    ("$idx", index));
            }

            if (entry.Detail is { } detail)
            {
                byDetail[detail] = new AdoptedEntry(index, bytes);
            }
        }

        DropAdopted(session, byDetail);
        foreach (var notice in adoption.Notices)
        {
            Apply(session, new AppendAuditIntake(notice), AdoptName);
        }

        return PutTiles(session, adoption.Tiles)
            && PutHead(session, head with { Size = adoption.NewSize, Root = adoption.Root });
    }

    /// <summary>Takes out of the intake what stands among the adopted entries: the row itself, whose detail is then
    /// not lost, or another one that says the same of a packet.</summary>
    private static void DropAdopted(SqliteSession session, Dictionary<Digest, AdoptedEntry> byDetail)
    {
        foreach (var row in session.Query(SelectMatchable, ReadMatchable))
        {
            if (row.DetailDigest is { } digest && byDetail.TryGetValue(digest, out var entry))
            {
                session.Execute(KeepAdoptedDetail, ("$idx", entry.Index), ("$sequence", row.Sequence));
                if (row.Subject is { } subject)
                {
                    session.Execute(
                        UpsertPlace,
                        ("$row_id", subject),
                        ("$idx", entry.Index),
                        ("$leaf_hash", LogHash.Leaf(entry.Bytes.Span)));
                }
            }
            else if (!AdoptedStatement.IsAboutPacket(row.Event)
                || session.QueryNumber(
                    CountAdopted, ("$said", AdoptedStatement.Of(row.Event, row.Outcome, row.Tag))) == 0)
            {
                continue;
            }

            session.Execute(DropWaiting, ("$sequence", row.Sequence));
        }
    }

    private static AuditIntakeRow ReadMatchable(SqliteDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Event = (AuditEvent)reader.GetInt32(1),
        Outcome = (AuditOutcome)reader.GetByte(2),
        AtMinute = DateTimeOffset.UnixEpoch,
        Tag = reader.GetDigest(3),
        DetailDigest = reader.GetDigestOrNull(4),
        Subject = reader.GetRowIdOrNull(5),
    };

    /// <summary>Takes the tree back to a size and puts what stood behind it into the intake, before what waits there.
    /// </summary>
    /// <returns>False when there is more than can be put back in one step.</returns>
    private static bool PutTailBack(SqliteSession session, long size)
    {
        var tail = session.Query(SelectTail, ReadTailRow, ("$from", size), ("$max", AuditAdoption.TailMax + 1));
        if (tail.Count > AuditAdoption.TailMax)
        {
            return false;
        }

        // Nothing is left to say of a pad, or of a detail that is gone: neither the entry nor that it was erased.
        var gone = tail.Where(row => row.Entry.Detail is not null && row.Detail is null)
            .Select(row => row.Entry.Detail!.Value).ToHashSet();
        var kept = tail.Where(row => (row.Entry.Detail is null || row.Detail is not null)
            && !(row.Entry.Event == AuditEvent.DetailErased && gone.Contains(row.Entry.Tag))).ToList();

        // Each of them had a place in the intake once, so there is room before the first that waits.
        var waiting = session.QueryNumber(SelectFirstSequence);
        foreach (var (place, row) in kept.Index())
        {
            PutIntake(session, row.ToIntake(), AdoptName, waiting == 0 ? null : waiting - kept.Count + place);
        }

        foreach (var statement in (string[])[DeleteEntriesFrom, DeleteDetailsFrom, DeletePlacesFrom])
        {
            session.Execute(statement, ("$from", size));
        }

        CutTiles(session, size);
        return true;
    }

    private static void CutTiles(SqliteSession session, long size)
    {
        for (var level = 0; level <= TileId.LevelMax; level++)
        {
            var (index, hashes) = Math.DivRem(size >> (8 * level), TileId.HashesMax);
            session.Execute(DeleteTilesFrom, ("$level", level), ("$idx", hashes == 0 ? index : index + 1));
            session.Execute(CutTile, ("$size", hashes * Digest.SizeBytes), ("$level", level), ("$idx", index));
        }
    }

    private static TailRow ReadTailRow(SqliteDataReader reader) => new(
        LogEntry.Parse(reader.GetBlob(0)).TryGet(out var entry, out _) ? entry : throw Damaged("audit_entries"),
        reader.GetRowIdOrNull(1),
        reader.GetSealedOrNull(3));

    private sealed record AdoptedEntry(long Index, ReadOnlyMemory<byte> Bytes);

    private sealed record TailRow(LogEntry Entry, RowId? Subject, SealedContent? Detail)
    {
        public AuditIntakeRow ToIntake() => new()
        {
            Event = Entry.Event,
            Outcome = Entry.Outcome,
            AtMinute = Entry.At,
            Peer = Entry.Peer,
            Handle = Entry.Handle,
            Tag = Entry.Tag,
            PeerEntryIndex = Entry.Index,
            DetailDigest = Entry.Detail,
            Detail = Detail,
            Subject = Subject,
        };
    }
}
