using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Checkpoints that came with calls.</content>
public sealed partial class SqliteNodeStore
{
    private const string SeenName = "audit-seen";

    private const string SelectSeen = """
        SELECT origin, size, root, note, place FROM seen_checkpoints WHERE origin = $origin ORDER BY place
        """;

    private const string CountSeenLogs = "SELECT count(*) FROM seen_checkpoints WHERE place = 0";

    private const string UpsertSeen = """
        INSERT INTO seen_checkpoints (origin, place, size, root, note) VALUES ($origin, $place, $size, $root, $note)
        ON CONFLICT (origin, place) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note
        """;

    /// <inheritdoc />
    public Task<SeenOutcome> StoreSeenAsync(SeenCheckpoint checkpoint, CancellationToken ct)
    {
        AuditRules.Check(checkpoint);
        return WriteAsync(
            new CallRequest<SeenOutcome>(SeenName, session => (true, StoreSeen(session, checkpoint))), ct);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SeenCheckpoint>> GetSeenAsync(string origin, CancellationToken ct)
    {
        AuditRules.CheckOrigin(origin);
        return _readers.ReadAsync<IReadOnlyList<SeenCheckpoint>>(session => ReadSeen(session, origin), ct);
    }

    private static SeenOutcome StoreSeen(SqliteSession session, SeenCheckpoint checkpoint)
    {
        var known = ReadSeen(session, checkpoint.Origin);
        if (known.Count == 0)
        {
            if (session.QueryNumber(CountSeenLogs) >= StoreLimits.SeenLogsMax)
            {
                return SeenOutcome.Full;
            }

            PutSeen(session, checkpoint, 0);
            if (checkpoint.IsEvidence)
            {
                // The newest is replaced by the next one; evidence is not.
                PutSeen(session, checkpoint, 1);
                return SeenOutcome.Contradiction;
            }

            return SeenOutcome.Newest;
        }

        var newest = known[0];
        if (checkpoint.IsEvidence || (checkpoint.Size == newest.Size && checkpoint.Root != newest.Root))
        {
            KeepEvidence(session, known, [newest, checkpoint]);
            return SeenOutcome.Contradiction;
        }

        if (checkpoint.Size <= newest.Size)
        {
            return SeenOutcome.Known;
        }

        PutSeen(session, checkpoint, 0);
        return SeenOutcome.Newest;
    }

    private static void KeepEvidence(
        SqliteSession session, List<SeenCheckpoint> known, ReadOnlySpan<SeenCheckpoint> contradicting)
    {
        var place = known.Count;
        foreach (var checkpoint in contradicting)
        {
            var isKept = known.Exists(
                row => row.IsEvidence && row.Size == checkpoint.Size && row.Root == checkpoint.Root);
            if (!isKept && place <= StoreLimits.SeenEvidenceMax)
            {
                PutSeen(session, checkpoint, place);
                place++;
            }
        }
    }

    private static void PutSeen(SqliteSession session, SeenCheckpoint checkpoint, int place) => session.Execute(
        UpsertSeen,
        ("$origin", checkpoint.Origin),
        ("$place", place),
        ("$size", checkpoint.Size),
        ("$root", checkpoint.Root),
        ("$note", checkpoint.Note));

    private static List<SeenCheckpoint> ReadSeen(SqliteSession session, string origin) =>
        session.Query(SelectSeen, ReadSeenRow, ("$origin", origin));

    private static SeenCheckpoint ReadSeenRow(SqliteDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), reader.GetDigest(2), reader.GetBlob(3), reader.GetInt64(4) > 0);
}
