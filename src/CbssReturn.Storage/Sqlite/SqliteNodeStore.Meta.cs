using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Sqlite;

/// <content>Values of the node's own.</content>
public sealed partial class SqliteNodeStore
{
    private const string UpsertMeta = """
        INSERT INTO meta (key, value, updated_by) VALUES ($key, $value, $updated_by)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by
        """;

    private const string SelectMeta = "SELECT value FROM meta WHERE key = $key";

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>?> GetMetaAsync(string key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _readers.ReadAsync(
            session => Present(session.QueryOne(SelectMeta, static reader => reader.GetBlob(0), ("$key", key))), ct);
    }

    private static bool Apply(SqliteSession session, PutMeta change, string name) => session.Execute(
        UpsertMeta, ("$key", change.Key), ("$value", change.Value), ("$updated_by", name)) == 1;
}
