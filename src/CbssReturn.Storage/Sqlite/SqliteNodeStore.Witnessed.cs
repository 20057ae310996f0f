using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What this node has cosigned as a witness.</content>
public sealed partial class SqliteNodeStore
{
    private const string WitnessName = "audit-witness";

    private const string SelectWitnessed = "SELECT origin, size, root, note FROM witnessed_logs WHERE origin = $origin";

    private const string InsertWitnessed = """
        INSERT INTO witnessed_logs (origin, size, root, note) VALUES ($origin, $size, $root, $note)
        ON CONFLICT DO NOTHING
        """;

    private const string UpdateWitnessed = """
        UPDATE witnessed_logs SET size = $size, root = $root, note = $note
        WHERE origin = $origin AND size = $expected_size AND root = $expected_root
        """;

    /// <inheritdoc />
    public Task<WitnessedLog?> GetWitnessedAsync(string origin, CancellationToken ct)
    {
        AuditRules.CheckOrigin(origin);
        return _readers.ReadAsync(
            session => session.QueryOne(SelectWitnessed, ReadWitnessed, ("$origin", origin)), ct);
    }

    /// <inheritdoc />
    public Task<bool> CompareAndStoreWitnessedAsync(
        (long Size, Digest Root)? expected, WitnessedLog cosigned, CancellationToken ct)
    {
        AuditRules.CheckWitnessed(expected, cosigned);
        return WriteAsync(
            new CallRequest<bool>(WitnessName, session => Both(CompareAndStore(session, expected, cosigned))), ct);
    }

    private static bool CompareAndStore(
        SqliteSession session, (long Size, Digest Root)? expected, WitnessedLog cosigned) => expected is { } before
        ? session.Execute(
            UpdateWitnessed,
            ("$size", cosigned.Size),
            ("$root", cosigned.Root),
            ("$note", cosigned.Note),
            ("$origin", cosigned.Origin),
            ("$expected_size", before.Size),
            ("$expected_root", before.Root)) == 1
        : session.Execute(
            InsertWitnessed,
            ("$origin", cosigned.Origin),
            ("$size", cosigned.Size),
            ("$root", cosigned.Root),
            ("$note", cosigned.Note)) == 1;

    private static WitnessedLog ReadWitnessed(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetDigest(2), reader.GetBlob(3));
}
