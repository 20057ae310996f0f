using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Packets that reached this node, and the envelopes of both directions.</content>
public sealed partial class SqliteNodeStore
{
    private const string ReceivedColumns = """
        row_id, kid, packet_id, envelope_hash, referral_id, state, reason_code, receipt_record, receipt_signature,
        kek_id, wrapped_key, ciphertext, received_at
        """;

    private const string InsertReceived = """
        INSERT INTO received (row_id, kid, packet_id, envelope_hash, referral_id, state, reason_code,
            receipt_record, receipt_signature, kek_id, wrapped_key, ciphertext, received_at, updated_by)
        VALUES ($row_id, $kid, $packet_id, $envelope_hash, $referral_id, $state, $reason_code,
            $receipt_record, $receipt_signature, $kek_id, $wrapped_key, $ciphertext, $received_at, $updated_by)
        ON CONFLICT DO NOTHING
        """;

    private const string InsertBody =
        "INSERT INTO packet_body (row_id, body) VALUES ($row_id, $body) ON CONFLICT DO NOTHING";

    private const string SelectReceivedByPacket =
        $"SELECT {ReceivedColumns} FROM received WHERE kid = $kid AND packet_id = $packet_id";

    private const string SelectReceived = $"SELECT {ReceivedColumns} FROM received WHERE row_id = $row_id";

    private const string CountQuarantined = "SELECT count(*) FROM received WHERE state = 2";

    // One more than may stay, as each one that is added drives out at most one for their number.
    private const string SelectQuarantinedOf = """
        SELECT received.row_id, length(packet_body.body) FROM received
        LEFT JOIN packet_body ON packet_body.row_id = received.row_id
        WHERE kid = $kid AND state = 2 ORDER BY received.row_id DESC LIMIT $max + 1
        """;

    private const string SelectBody = "SELECT body FROM packet_body WHERE row_id = $row_id";

    /// <inheritdoc />
    public Task<ReceivedRow?> FindReceivedAsync(KeyId senderKid, PacketId packetId, CancellationToken ct) =>
        _readers.ReadAsync(
            session => session.QueryOne(
                SelectReceivedByPacket, ReadReceived, ("$kid", senderKid), ("$packet_id", packetId)),
            ct);

    /// <inheritdoc />
    public Task<ReceivedRow?> GetReceivedAsync(RowId rowId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectReceived, ReadReceived, ("$row_id", rowId)), ct);

    /// <inheritdoc />
    public Task<long> CountQuarantinedAsync(CancellationToken ct) =>
        _readers.ReadAsync(static session => session.QueryNumber(CountQuarantined), ct);

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>?> ReadBodyAsync(RowId rowId, CancellationToken ct) =>
        _readers.ReadAsync(session => ReadBody(session, rowId), ct);

    private static bool AddReceivedRow(
        SqliteSession session, ReceivedRow row, ReadOnlyMemory<byte> body, string name)
    {
        var isNew = session.Execute(
            InsertReceived,
            ("$row_id", row.RowId),
            ("$kid", row.SenderKid),
            ("$packet_id", row.PacketId),
            ("$envelope_hash", row.EnvelopeHash),
            ("$referral_id", row.ReferralId),
            ("$state", (int)row.State),
            ("$reason_code", row.ReasonCode),
            ("$receipt_record", row.Receipt.Record),
            ("$receipt_signature", row.Receipt.Signature),
            ("$kek_id", row.Secrets?.KekId),
            ("$wrapped_key", row.Secrets?.WrappedKey),
            ("$ciphertext", row.Secrets?.Ciphertext),
            ("$received_at", row.ReceivedAt),
            ("$updated_by", name)) == 1;
        return isNew && (body.IsEmpty || AddBody(session, row.RowId, body));
    }

    // What nobody can read must not fill the disk: a person looks into the newest ones, if at all.
    private static bool AddQuarantinedRow(SqliteSession session, AddQuarantined change, string name)
    {
        if (!AddReceivedRow(session, change.Row, change.Body, name))
        {
            return false;
        }

        var newest = session.Query(
            SelectQuarantinedOf,
            static reader => (Row: reader.GetRowId(0), SizeBytes: reader.IsDBNull(1) ? 0 : reader.GetInt64(1)),
            ("$kid", change.Row.SenderKid),
            ("$max", StoreLimits.QuarantinedBodiesMax));
        var sizeBytes = 0L;
        foreach (var (index, (row, rowSizeBytes)) in newest.Index())
        {
            sizeBytes += rowSizeBytes;
            if (index >= StoreLimits.QuarantinedBodiesMax || sizeBytes > StoreLimits.QuarantinedSizeBytesMax)
            {
                session.Execute(DeleteBody, ("$row_id", row));
            }
        }

        return true;
    }

    private static bool AddBody(SqliteSession session, RowId rowId, ReadOnlyMemory<byte> body) =>
        session.Execute(InsertBody, ("$row_id", rowId), ("$body", body)) == 1;

    private static ReadOnlyMemory<byte>? ReadBody(SqliteSession session, RowId rowId) =>
        Present(session.QueryOne(SelectBody, static reader => reader.GetBlob(0), ("$row_id", rowId)));

    // Spelled out, because a null array on its own would turn into an empty memory.
    private static ReadOnlyMemory<byte>? Present(byte[]? bytes) =>
        bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);

    private static ReceivedRow ReadReceived(SqliteDataReader reader) => new()
    {
        RowId = reader.GetRowId(0),
        SenderKid = KeyId.FromBytes(reader.GetBlob(1)),
        PacketId = PacketId.FromBytes(reader.GetBlob(2)),
        EnvelopeHash = reader.GetDigest(3),
        ReferralId = reader.GetRowIdOrNull(4),
        State = (ReceivedState)reader.GetByte(5),
        ReasonCode = reader.GetCodeOrNull(6),
        Receipt = new StoredReceipt(reader.GetBlob(7), reader.GetBlob(8)),
        Secrets = reader.GetSealedOrNull(9),
        ReceivedAt = reader.GetMoment(12),
    };
}
