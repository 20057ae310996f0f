using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What is asked about packets on their way out, and the claim.</content>
public sealed partial class SqliteNodeStore
{
    /// <summary>Name of a claim, in <c>updated_by</c> and in the metrics.</summary>
    internal const string ClaimName = "outbox-claim";

    private const string OutboxColumns = """
        row_id, peer_index, packet_id, referral_id, state, attempts, may_have_left, due_at, lease_until, lease_owner,
        give_up_at, last_code, receipt_record, receipt_signature, kek_id, wrapped_key, ciphertext, queued_at,
        body_bytes
        """;

    private const int BodyBytesColumn = 18;

    private const string SelectOutboxRow = $"SELECT {OutboxColumns} FROM outbox WHERE row_id = $row_id";

    private const string SelectOutboxOfPacket = $"SELECT {OutboxColumns} FROM outbox WHERE packet_id = $packet_id";

    private const string SelectOutbox = $"SELECT {OutboxColumns} FROM outbox ORDER BY row_id DESC LIMIT $max";

    private const string SelectOutboxOpen =
        $"SELECT {OutboxColumns} FROM outbox WHERE state IN (1, 5) ORDER BY row_id DESC LIMIT $max";

    private const string SelectOutboxOverdue = $"""
        SELECT {OutboxColumns} FROM outbox
        WHERE state = 1 AND give_up_at <= $now AND (lease_until IS NULL OR lease_until <= $now)
        ORDER BY give_up_at LIMIT $max
        """;

    private const string CountOutboxWaiting = "SELECT count(*) FROM outbox WHERE state = 1";

    // Steps from peer to peer along the index instead of through all their rows.
    private const string SelectPeersDue = """
        WITH RECURSIVE peers (peer_index) AS (
            SELECT min(peer_index) FROM outbox WHERE state = 1
            UNION ALL
            SELECT (SELECT min(peer_index) FROM outbox WHERE state = 1 AND peer_index > peers.peer_index)
            FROM peers WHERE peers.peer_index IS NOT NULL)
        SELECT peer_index FROM peers
        WHERE peer_index IS NOT NULL AND EXISTS (
            SELECT 1 FROM outbox WHERE state = 1 AND outbox.peer_index = peers.peer_index AND due_at <= $now)
        LIMIT $max
        """;

    private const string SelectDue = $"""
        SELECT {OutboxColumns} FROM outbox
        WHERE state = 1 AND peer_index = $peer_index AND due_at <= $now
        ORDER BY due_at, row_id LIMIT $max
        """;

    private const string LeaseOutbox = """
        UPDATE outbox SET attempts = attempts + 1, may_have_left = 1, due_at = $lease_until,
            lease_until = $lease_until, lease_owner = $worker, updated_by = $updated_by
        WHERE row_id = $row_id
        """;

    /// <inheritdoc />
    public Task<OutboxRow?> GetOutboxRowAsync(RowId rowId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectOutboxRow, ReadOutbox, ("$row_id", rowId)), ct);

    /// <inheritdoc />
    public Task<OutboxRow?> FindOutboxRowAsync(PacketId packetId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectOutboxOfPacket, ReadOutbox, ("$packet_id", packetId)), ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxRow>> ListOutboxAsync(bool includeDone, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<OutboxRow>>(
            session => session.Query(includeDone ? SelectOutbox : SelectOutboxOpen, ReadOutbox, ("$max", max)), ct);
    }

    /// <inheritdoc />
    public Task<long> CountOutboxWaitingAsync(CancellationToken ct) =>
        _readers.ReadAsync(static session => session.QueryNumber(CountOutboxWaiting), ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<PeerIndex>> ListOutboxPeersDueAsync(DateTimeOffset now, CancellationToken ct) =>
        _readers.ReadAsync<IReadOnlyList<PeerIndex>>(
            session => session.Query(
                SelectPeersDue,
                static reader => PeerIndex.FromBlindIndex(reader.GetBlob(0)),
                ("$now", now),
                ("$max", StoreLimits.ListMax)),
            ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxRow>> ListOutboxOverdueAsync(DateTimeOffset now, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<OutboxRow>>(
            session => session.Query(SelectOutboxOverdue, ReadOutbox, ("$now", now), ("$max", max)), ct);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ClaimedOutboxRow>> ClaimOutboxAsync(
        PeerIndex peerIndex, int max, DateTimeOffset now, DateTimeOffset leaseUntil, string worker,
        CancellationToken ct)
    {
        TransactionRules.CheckClaim(max, now, leaseUntil, worker);
        var request = new ClaimRequest(peerIndex, max, now, leaseUntil, worker);
        await _writer.AcceptAsync(request, ct);
        var before = await request.Answer;
        var claimed = new List<ClaimedOutboxRow>(before.Count);
        foreach (var row in before)
        {
            // Read beside the writer: nobody but the holder of the lease touches these envelopes.
            var body = await _readers.ReadAsync(session => ReadBody(session, row.RowId), CancellationToken.None)
                ?? throw new StoreException(SqliteErrors.DatabaseCorrupt("an outbox row has no envelope"));
            var leased = row with
            {
                Attempts = row.Attempts + 1,
                MayHaveLeft = true,
                DueAt = leaseUntil,
                LeaseUntil = leaseUntil,
                LeaseOwner = worker,
            };
            claimed.Add(new ClaimedOutboxRow(leased, body, row.MayHaveLeft));
        }

        return claimed;
    }

    /// <summary>Leases rows inside the writer's transaction.</summary>
    /// <returns>The rows as they were before.</returns>
    internal static List<OutboxRow> Claim(
        SqliteSession session, PeerIndex peerIndex, int max, DateTimeOffset now, DateTimeOffset leaseUntil,
        string worker)
    {
        var due = session.Query(
            SelectDue,
            static reader => (Row: ReadOutbox(reader), SizeBytes: reader.GetInt64(BodyBytesColumn)),
            ("$peer_index", peerIndex),
            ("$now", now),
            ("$max", max));
        var claimed = new List<OutboxRow>(due.Count);
        var sizeBytes = 0L;
        foreach (var (row, rowSizeBytes) in due)
        {
            sizeBytes += rowSizeBytes;
            if (sizeBytes > StoreLimits.ClaimSizeBytesMax)
            {
                break;
            }

            session.Execute(
                LeaseOutbox,
                ("$lease_until", leaseUntil),
                ("$worker", worker),
                ("$updated_by", ClaimName),
                ("$row_id", row.RowId));
            claimed.Add(row);
        }

        return claimed;
    }

    private static OutboxRow ReadOutbox(SqliteDataReader reader) => new()
    {
        RowId = reader.GetRowId(0),
        PeerIndex = PeerIndex.FromBlindIndex(reader.GetBlob(1)),
        PacketId = PacketId.FromBytes(reader.GetBlob(2)),
        ReferralId = reader.GetRowIdOrNull(3),
        State = (OutboxState)reader.GetByte(4),
        Attempts = reader.GetInt32(5),
        MayHaveLeft = reader.GetBoolean(6),
        DueAt = reader.GetMoment(7),
        LeaseUntil = reader.GetMomentOrNull(8),
        LeaseOwner = reader.IsDBNull(9) ? null : reader.GetString(9),
        GiveUpAt = reader.GetMoment(10),
        LastCode = reader.GetCodeOrNull(11),
        Receipt = reader.GetReceiptOrNull(12),
        Sealed = reader.GetSealed(14),
        QueuedAt = reader.GetMoment(17),
    };
}
