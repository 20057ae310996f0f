using CbssReturn.AuditLog;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What the audit log is to take in.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertAuditIntake = """
        INSERT INTO audit_intake (event, outcome, at_minute, peer, handle, tag, peer_entry_index, detail_digest,
            kek_id, wrapped_key, ciphertext, updated_by)
        VALUES ($event, $outcome, $at_minute, $peer, $handle, $tag, $peer_entry_index, $detail_digest,
            $kek_id, $wrapped_key, $ciphertext, $updated_by)
        """;

    private const string SelectAuditIntake = """
        SELECT sequence, event, outcome, at_minute, peer, handle, tag, peer_entry_index, detail_digest,
            kek_id, wrapped_key, ciphertext
        FROM audit_intake WHERE sequence > $after ORDER BY sequence LIMIT $max
        """;

    private static readonly byte[] NoShortId = new byte[AuditIntakeRow.ShortIdSizeBytes];

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditIntakeRow>> ReadAuditIntakeAsync(long after, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<AuditIntakeRow>>(
            session => session.Query(SelectAuditIntake, ReadAuditIntake, ("$after", after), ("$max", max)), ct);
    }

    private static bool Apply(SqliteSession session, AppendAuditIntake change, string name)
    {
        var row = change.Row;
        return session.Execute(
            InsertAuditIntake,
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
            ("$updated_by", name)) == 1;
    }

    private static AuditIntakeRow ReadAuditIntake(SqliteDataReader reader) => new()
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
        Detail = reader.GetSealedOrNull(9),
    };
}
