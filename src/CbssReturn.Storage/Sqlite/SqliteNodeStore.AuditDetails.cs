using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What entries commit to and the tree does not hold.</content>
public sealed partial class SqliteNodeStore
{
    private const string SelectDetail =
        "SELECT idx, digest, kek_id, wrapped_key, ciphertext FROM audit_details WHERE idx = $idx";

    private const string DeleteDetail = "DELETE FROM audit_details WHERE idx = $idx AND digest = $digest";

    /// <inheritdoc />
    public Task<AuditDetailRow?> GetDetailAsync(long index, CancellationToken ct)
    {
        AuditRules.CheckIndex(index);
        return _readers.ReadAsync(session => session.QueryOne(SelectDetail, ReadDetail, ("$idx", index)), ct);
    }

    private static bool Apply(SqliteSession session, EraseDetail change) =>
        session.Execute(DeleteDetail, ("$idx", change.Index), ("$digest", change.Digest)) == 1;

    private static AuditDetailRow ReadDetail(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetDigest(1), reader.GetSealed(2));
}
