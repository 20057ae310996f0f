using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What makes receipts final.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertUnproven = """
        INSERT INTO outbox_unproven (peer_index, row_id) SELECT peer_index, row_id FROM outbox WHERE row_id = $row_id
        """;

    private const string DeleteUnproven = "DELETE FROM outbox_unproven WHERE row_id = $row_id";

    private const string InsertProof = """
        INSERT INTO outbox_proofs (row_id, peer_entry_index, entry, proof)
        VALUES ($row_id, $peer_entry_index, $entry, $proof)
        """;

    private const string SelectProof =
        "SELECT row_id, peer_entry_index, entry, proof FROM outbox_proofs WHERE row_id = $row_id";

    // Steps from peer to peer instead of through all their rows.
    private const string SelectUnprovenPeers = """
        WITH RECURSIVE peers (peer_index) AS (
            SELECT min(peer_index) FROM outbox_unproven
            UNION ALL
            SELECT (SELECT min(peer_index) FROM outbox_unproven WHERE peer_index > peers.peer_index)
            FROM peers WHERE peers.peer_index IS NOT NULL)
        SELECT peer_index FROM peers WHERE peer_index IS NOT NULL LIMIT $max
        """;

    private const string SelectUnproven = $"""
        SELECT {OutboxColumns} FROM outbox
        WHERE row_id IN (
            SELECT row_id FROM outbox_unproven
            WHERE peer_index = $peer_index AND row_id > $after ORDER BY row_id LIMIT $max)
        ORDER BY row_id
        """;

    /// <inheritdoc />
    public Task<OutboxProofRow?> GetProofAsync(RowId rowId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectProof, ReadProof, ("$row_id", rowId)), ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<PeerIndex>> ListPeersWithoutProofAsync(CancellationToken ct) =>
        _readers.ReadAsync<IReadOnlyList<PeerIndex>>(
            static session => session.Query(
                SelectUnprovenPeers,
                static reader => PeerIndex.FromBlindIndex(reader.GetBlob(0)),
                ("$max", StoreLimits.ListMax)),
            ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxRow>> ListDeliveredWithoutProofAsync(
        PeerIndex peerIndex, RowId after, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<OutboxRow>>(
            session => session.Query(
                SelectUnproven, ReadOutbox, ("$peer_index", peerIndex), ("$after", after), ("$max", max)),
            ct);
    }

    private static bool Apply(SqliteSession session, StoreProof change) =>
        session.Execute(DeleteUnproven, ("$row_id", change.Row.RowId)) == 1
        && session.Execute(
            InsertProof,
            ("$row_id", change.Row.RowId),
            ("$peer_entry_index", change.Row.PeerEntryIndex),
            ("$entry", change.Row.Entry),
            ("$proof", change.Row.Proof)) == 1;

    private static OutboxProofRow ReadProof(SqliteDataReader reader) => new()
    {
        RowId = reader.GetRowId(0),
        PeerEntryIndex = reader.GetInt64(1),
        Entry = reader.GetBlob(2),
        Proof = reader.GetBlob(3),
    };
}
