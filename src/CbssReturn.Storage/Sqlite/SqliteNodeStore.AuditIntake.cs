using CbssReturn.AuditLog;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What the audit log is to take in.</content>
public sealed partial class SqliteNodeStore
{
    // Without a sequence the row gets the next one. What an entry that was taken back after a rollback says already is
    // not said again: the packet's row is older than the log.
    private const string InsertAuditIntake = """
        INSERT INTO audit_intake (sequence, event, outcome, at_minute, peer, handle, tag, peer_entry_index,
            detail_digest, kek_id, wrapped_key, ciphertext, subject, updated_by)
        SELECT $sequence, $event, $outcome, $at_minute, $peer, $handle, $tag, $peer_entry_index,
            $detail_digest, $kek_id, $wrapped_key, $ciphertext, $subject, $updated_by
        WHERE NOT EXISTS (SELECT 1 FROM audit_adopted WHERE said = $said)
        """;

    private const string WaitingColumns = """
        sequence, event, outcome, at_minute, peer, handle, tag, peer_entry_index, detail_digest, subject
        """;

    private const string SelectAuditIntake = $"""
        SELECT {WaitingColumns}, kek_id, wrapped_key, ciphertext
        FROM audit_intake WHERE sequence > $after ORDER BY sequence LIMIT $max
        """;

    private const string SelectWaiting = $"SELECT {WaitingColumns} FROM audit_intake ORDER BY sequence LIMIT $max";

    private const string CountAuditIntake = "SELECT count(*) FROM audit_intake";

    private static readonly byte[] NoShortId = new byte[AuditIntakeRow.ShortIdSizeBytes];

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditIntakeRow>> ReadAuditIntakeAsync(long after, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<AuditIntakeRow>>(
            session => session.Query(
                SelectAuditIntake,
                static reader => ReadWaiting(reader) with { Detail = reader.GetSealedOrNull(10) },
                ("$after", after),
                ("$max", max)),
            ct);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditIntakeRow>> ReadWaitingAsync(int max, CancellationToken ct)
    {
        AuditRules.CheckCount(max, AuditIntegration.EntriesMax);
        return _readers.ReadAsync<IReadOnlyList<AuditIntakeRow>>(
            session => session.Query(SelectWaiting, ReadWaiting, ("$max", max)), ct);
    }

    /// <inheritdoc />
    public Task<long> CountAuditIntakeAsync(CancellationToken ct) =>
        _readers.ReadAsync(static session => session.QueryNumber(CountAuditIntake), ct);

    private static bool Apply(SqliteSession session, AppendAuditIntake change, string name) =>
        PutIntake(session, change.Row, name);

    private static bool PutIntake(SqliteSession session, AuditIntakeRow row, string name, long? sequence = null)
    {
        session.Execute(
            InsertAuditIntake,
            ("$said", AdoptedStatement.Of(row.Event, row.Outcome, row.Tag)),
            ("$sequence", sequence),
            ("$event", (int)row.Event),
            ("$outcome", (int)row.Outcome),
            ("$at_minute", row.AtMinute.ToUnixTimeSeconds()),
            ("$peer", row.Peer.IsEmpty ? NoShortId : row.Peer),
            ("$handle", row.Handle.IsEmpty ? NoShortId : row.Handle),
            ("$tag", row.Tag),
            ("$peer_entry_index", row.PeerEntryIndex),
            ("$detail_digest", row.DetailDigest),
            ("$kek_id", row.Detail?.KekId),
            ("$wrapped_key", row.Detail?.WrappedKey),
            ("$ciphertext", row.Detail?.Ciphertext),
            ("$subject", row.Subject),
            ("$updated_by", name));
        return true;
    }

    private static AuditIntakeRow ReadWaiting(SqliteDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Event = (AuditEvent)reader.GetInt32(1),
        Outcome = (AuditOutcome)reader.GetByte(2),
        AtMinute = DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(3)),
        Peer = reader.GetBlob(4),
        Handle = reader.GetBlob(5),
        Tag = reader.GetDigest(6),
        PeerEntryIndex = reader.GetInt64(7),
        DetailDigest = reader.GetDigestOrNull(8),
        Subject = reader.GetRowIdOrNull(9),
    };
}
