using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Sqlite;

/// <content>Changes of packets on their way out; what is asked about them stands in the next file.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertOutbox = """
        INSERT INTO outbox (row_id, peer_index, referral_id, queued_at, packet_id, body_bytes, state, attempts,
            may_have_left, due_at, give_up_at, kek_id, wrapped_key, ciphertext, updated_by)
        VALUES ($row_id, $peer_index, $referral_id, $queued_at, $packet_id, $body_bytes, 1, 0,
            0, $due_at, $give_up_at, $kek_id, $wrapped_key, $ciphertext, $updated_by)
        ON CONFLICT DO NOTHING
        """;

    private const string CountOutboxAsRead =
        "SELECT count(*) FROM outbox WHERE row_id = $row_id AND packet_id = $packet_id AND state = $state";

    // A recipient's late receipt still ends what was given up; giving up twice is nothing.
    private const string EndOutbox = """
        UPDATE outbox SET state = $state, lease_until = NULL, lease_owner = NULL, last_code = $last_code,
            receipt_record = $receipt_record, receipt_signature = $receipt_signature, updated_by = $updated_by
        WHERE row_id = $row_id AND (state = 1 OR (state = 5 AND $state <> 5))
        """;

    private const string PutOutboxBack = """
        UPDATE outbox SET due_at = $due_at, attempts = $attempts, may_have_left = $may_have_left,
            last_code = $last_code, lease_until = NULL, lease_owner = NULL, updated_by = $updated_by
        WHERE row_id = $row_id AND state = 1 AND lease_owner = $worker
        """;

    private const string ReplaceOutbox = """
        UPDATE OR IGNORE outbox SET packet_id = $packet_id, body_bytes = $body_bytes, attempts = 0, due_at = $due_at,
            lease_until = NULL, lease_owner = NULL, kek_id = $kek_id, wrapped_key = $wrapped_key,
            ciphertext = $ciphertext, updated_by = $updated_by
        WHERE row_id = $row_id AND state = 1
        """;

    private const string UpdateBody = "UPDATE packet_body SET body = $body WHERE row_id = $row_id";

    private const string RetryOutboxRow = """
        UPDATE outbox SET state = 1, attempts = 0, due_at = $now, give_up_at = $give_up_at,
            lease_until = NULL, lease_owner = NULL, updated_by = $updated_by
        WHERE row_id = $row_id AND state IN (1, 5) AND (lease_until IS NULL OR lease_until <= $now)
        """;

    private const string CancelOutboxRow = """
        UPDATE outbox SET state = 6, last_code = coalesce($last_code, last_code), updated_by = $updated_by
        WHERE row_id = $row_id AND state = 1 AND may_have_left = 0
        """;

    private const string DeleteBody = "DELETE FROM packet_body WHERE row_id = $row_id";

    // Under a lease due_at is the lease's end, so a lease that ran out is due by itself and is left alone here.
    private const string WakeOutbox = """
        UPDATE outbox SET due_at = $now, updated_by = $updated_by
        WHERE row_id IN (
            SELECT row_id FROM outbox
            WHERE state = 1 AND peer_index = $peer_index AND due_at > $now AND lease_until IS NULL
            ORDER BY due_at, row_id LIMIT $max)
        """;

    private static bool Apply(SqliteSession session, Enqueue change, string name)
    {
        var row = change.Row;
        var isNew = session.Execute(
            InsertOutbox,
            ("$row_id", row.RowId),
            ("$peer_index", row.PeerIndex),
            ("$referral_id", row.ReferralId),
            ("$queued_at", row.QueuedAt),
            ("$packet_id", row.PacketId),
            ("$body_bytes", change.Body.Length),
            ("$due_at", row.DueAt),
            ("$give_up_at", row.GiveUpAt),
            ("$kek_id", row.Sealed.KekId),
            ("$wrapped_key", row.Sealed.WrappedKey),
            ("$ciphertext", row.Sealed.Ciphertext),
            ("$updated_by", name)) == 1;
        return isNew && AddBody(session, row.RowId, change.Body);
    }

    private static bool Apply(SqliteSession session, ExpectOutbox change) => session.QueryNumber(
        CountOutboxAsRead,
        ("$row_id", change.RowId),
        ("$packet_id", change.PacketId),
        ("$state", (int)change.State)) == 1;

    private static bool Apply(SqliteSession session, CompleteOutbox change, string name)
    {
        var hasEnded = session.Execute(
            EndOutbox,
            ("$state", (int)change.State),
            ("$last_code", change.LastCode),
            ("$receipt_record", change.Receipt?.Record),
            ("$receipt_signature", change.Receipt?.Signature),
            ("$updated_by", name),
            ("$row_id", change.RowId)) == 1;

        // The recipient's log has an entry about what it stored or refused; a receipt becomes final with it.
        if (hasEnded && change.Receipt is not null && change.State is OutboxState.Delivered or OutboxState.Refused)
        {
            session.Execute(InsertUnproven, ("$row_id", change.RowId));
        }

        return hasEnded;
    }

    private static bool Apply(SqliteSession session, DeferOutbox change, string name) => session.Execute(
        PutOutboxBack,
        ("$due_at", change.DueAt),
        ("$attempts", change.Attempts),
        ("$may_have_left", change.MayHaveLeft),
        ("$last_code", change.LastCode),
        ("$updated_by", name),
        ("$row_id", change.RowId),
        ("$worker", change.Worker)) == 1;

    private static bool Apply(SqliteSession session, ReplaceOutboxEnvelope change, string name) => session.Execute(
        ReplaceOutbox,
        ("$packet_id", change.NewPacketId),
        ("$body_bytes", change.Body.Length),
        ("$due_at", change.DueAt),
        ("$kek_id", change.Sealed.KekId),
        ("$wrapped_key", change.Sealed.WrappedKey),
        ("$ciphertext", change.Sealed.Ciphertext),
        ("$updated_by", name),
        ("$row_id", change.RowId)) == 1
        && session.Execute(UpdateBody, ("$body", change.Body), ("$row_id", change.RowId)) == 1;

    private static bool Apply(SqliteSession session, RetryOutbox change, string name) => session.Execute(
        RetryOutboxRow,
        ("$now", change.Now),
        ("$give_up_at", change.GiveUpAt),
        ("$updated_by", name),
        ("$row_id", change.RowId)) == 1;

    private static bool Apply(SqliteSession session, CancelOutbox change, string name) =>
        session.Execute(
            CancelOutboxRow,
            ("$last_code", change.LastCode),
            ("$updated_by", name),
            ("$row_id", change.RowId)) == 1
        && session.Execute(DeleteBody, ("$row_id", change.RowId)) == 1;

    private static bool Apply(SqliteSession session, WakeOutboxOfPeer change, string name)
    {
        session.Execute(
            WakeOutbox,
            ("$now", change.Now),
            ("$updated_by", name),
            ("$peer_index", change.PeerIndex),
            ("$max", WakeOutboxOfPeer.RowsMax));
        return true;
    }
}
