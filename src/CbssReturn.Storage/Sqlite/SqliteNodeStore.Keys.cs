using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Daily envelope keys: the node's own, and those that peers published.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertSeed = """
        INSERT INTO epoch_seeds (day, record, signature, kek_id, wrapped_key, ciphertext, updated_by)
        VALUES ($day, $record, $signature, $kek_id, $wrapped_key, $ciphertext, $updated_by)
        ON CONFLICT (day) DO UPDATE SET record = excluded.record, signature = excluded.signature,
            kek_id = excluded.kek_id, wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext,
            destroyed_at = NULL, updated_by = excluded.updated_by
        WHERE destroyed_at IS NOT NULL
        """;

    private const string DestroySeed = """
        UPDATE epoch_seeds SET kek_id = NULL, wrapped_key = NULL, ciphertext = NULL, destroyed_at = $destroyed_at,
            updated_by = $updated_by
        WHERE day = $day AND destroyed_at IS NULL
        """;

    // The newest ones when there are too many, in the order of days.
    private const string SelectSeeds = """
        SELECT * FROM (
            SELECT day, record, signature, kek_id, wrapped_key, ciphertext, destroyed_at FROM epoch_seeds
            WHERE day >= $from_day ORDER BY day DESC LIMIT $max)
        ORDER BY day
        """;

    private const string DeletePeerKeys = "DELETE FROM peer_epoch_keys WHERE peer_index = $peer_index";

    private const string InsertPeerKey = """
        INSERT INTO peer_epoch_keys (peer_index, day, record, signature, updated_by)
        VALUES ($peer_index, $day, $record, $signature, $updated_by)
        """;

    private const string SelectPeerKeys = """
        SELECT day, record, signature FROM peer_epoch_keys WHERE peer_index = $peer_index ORDER BY day LIMIT $max
        """;

    /// <inheritdoc />
    public Task<IReadOnlyList<EpochSeedRow>> GetEpochSeedsAsync(uint fromDay, CancellationToken ct) =>
        _readers.ReadAsync<IReadOnlyList<EpochSeedRow>>(
            session => session.Query(
                SelectSeeds, ReadSeed, ("$from_day", fromDay), ("$max", StoreLimits.EpochSeedsMax)),
            ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<PeerEpochKeyRow>> GetPeerEpochKeysAsync(PeerIndex peerIndex, CancellationToken ct) =>
        _readers.ReadAsync<IReadOnlyList<PeerEpochKeyRow>>(
            session => session.Query(
                SelectPeerKeys, ReadPeerKey, ("$peer_index", peerIndex), ("$max", PutPeerEpochKeys.RowsMax)),
            ct);

    private static bool Apply(SqliteSession session, PutEpochSeed change, string name) => session.Execute(
        InsertSeed,
        ("$day", change.Row.Day),
        ("$record", change.Row.Record),
        ("$signature", change.Row.Signature),
        ("$kek_id", change.Row.Seed?.KekId),
        ("$wrapped_key", change.Row.Seed?.WrappedKey),
        ("$ciphertext", change.Row.Seed?.Ciphertext),
        ("$updated_by", name)) == 1;

    private static bool Apply(SqliteSession session, DestroyEpochSeed change, string name) => session.Execute(
        DestroySeed,
        ("$destroyed_at", change.DestroyedAt),
        ("$updated_by", name),
        ("$day", change.Day)) == 1;

    private static bool Apply(SqliteSession session, PutPeerEpochKeys change, string name)
    {
        session.Execute(DeletePeerKeys, ("$peer_index", change.PeerIndex));
        foreach (var row in change.Rows)
        {
            session.Execute(
                InsertPeerKey,
                ("$peer_index", change.PeerIndex),
                ("$day", row.Day),
                ("$record", row.Record),
                ("$signature", row.Signature),
                ("$updated_by", name));
        }

        return true;
    }

    private static EpochSeedRow ReadSeed(SqliteDataReader reader) => new()
    {
        Day = (uint)reader.GetInt64(0),
        Record = reader.GetBlob(1),
        Signature = reader.GetBlob(2),
        Seed = reader.GetSealedOrNull(3),
        DestroyedAt = reader.GetMomentOrNull(6),
    };

    private static PeerEpochKeyRow ReadPeerKey(SqliteDataReader reader) => new()
    {
        Day = (uint)reader.GetInt64(0),
        Record = reader.GetBlob(1),
        Signature = reader.GetBlob(2),
    };
}
