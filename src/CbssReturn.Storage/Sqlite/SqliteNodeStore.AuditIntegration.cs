using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Sqlite;

/// <content>From the intake into the tree.</content>
public sealed partial class SqliteNodeStore
{
    private const string IntegrateName = "audit-integrate";

    // The rows that were read are those up to the last one: none is ever added before another one, and only an
    // integration takes any away.
    private const string MoveDetails = """
        INSERT INTO audit_details (idx, digest, kek_id, wrapped_key, ciphertext)
        SELECT $first + place, detail_digest, kek_id, wrapped_key, ciphertext FROM (
            SELECT row_number() OVER (ORDER BY sequence) - 1 AS place, detail_digest, kek_id, wrapped_key, ciphertext
            FROM audit_intake WHERE sequence <= $last)
        WHERE detail_digest IS NOT NULL
        """;

    private const string MoveDetail = """
        INSERT INTO audit_details (idx, digest, kek_id, wrapped_key, ciphertext)
        SELECT $idx, detail_digest, kek_id, wrapped_key, ciphertext
        FROM audit_intake WHERE sequence = $sequence AND detail_digest IS NOT NULL
        """;

    private const string DeleteIntake = "DELETE FROM audit_intake WHERE sequence <= $last";

    private const string InsertEntry = "INSERT INTO audit_entries (idx, entry) VALUES ($idx, $entry)";

    private const string UpsertPlace = """
        INSERT INTO audit_places (row_id, idx, leaf_hash) VALUES ($row_id, $idx, $leaf_hash)
        ON CONFLICT (row_id) DO UPDATE SET idx = excluded.idx, leaf_hash = excluded.leaf_hash
        """;

    // A tile only grows: what it held stays as it is.
    private const string UpsertTile = """
        INSERT INTO audit_tiles (level, idx, hashes) VALUES ($level, $idx, $hashes)
        ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes
        WHERE substr(excluded.hashes, 1, length(hashes)) = hashes
        """;

    /// <inheritdoc />
    public Task<bool> IntegrateAsync(AuditIntegration integration, CancellationToken ct)
    {
        AuditRules.Check(integration);
        var request = new CallRequest<bool>(IntegrateName, session => Both(Integrate(session, integration)))
        {
            SizeBytes = integration.Entries.Sum(static entry => (long)entry.Entry.Length),
        };
        return WriteAsync(request, ct);
    }

    private static bool Integrate(SqliteSession session, AuditIntegration integration)
    {
        var head = ReadHead(session);
        if (head.Generation != integration.Generation || head.Size != integration.ExpectedSize)
        {
            return false;
        }

        if (!TakeFromIntake(session, integration))
        {
            return false;
        }

        var index = integration.ExpectedSize;
        foreach (var entry in integration.Entries)
        {
            session.Execute(InsertEntry, ("$idx", index), ("$entry", entry.Entry));
            if (entry.Subject is { } subject)
            {
                session.Execute(
                    UpsertPlace,
                    ("$row_id", subject),
                    ("$idx", index),
                    ("$leaf_hash", LogHash.Leaf(entry.Entry.Span)));
            }

            index++;
        }

        return PutTiles(session, integration.Tiles)
            && PutHead(session, head with { Size = integration.NewSize, Root = integration.Root });
    }

    private static bool TakeFromIntake(SqliteSession session, AuditIntegration integration)
    {
        var taken = integration.Entries.Index().Where(pair => pair.Item.IntakeSequence is not null).ToList();
        if (taken.Count == 0)
        {
            return true;
        }

        var last = taken[^1].Item.IntakeSequence;
        if (taken[^1].Index == taken.Count - 1)
        {
            session.Execute(MoveDetails, ("$first", integration.ExpectedSize), ("$last", last));
        }
        else
        {
            // With pads in between each has a place of its own.
            foreach (var (index, entry) in taken)
            {
                session.Execute(
                    MoveDetail, ("$idx", integration.ExpectedSize + index), ("$sequence", entry.IntakeSequence));
            }
        }

        return session.Execute(DeleteIntake, ("$last", last)) == taken.Count;
    }

    private static bool PutTiles(SqliteSession session, IReadOnlyList<Tile> tiles) => tiles.All(tile =>
        session.Execute(
            UpsertTile,
            ("$level", tile.Id.Level),
            ("$idx", tile.Id.Index),
            ("$hashes", new ReadOnlyMemory<byte>(tile.Hashes))) == 1);

    /// <summary>What was not kept is answered with false.</summary>
    private static (bool IsKept, bool Answer) Both(bool isKept) => (isKept, isKept);
}
