using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Members of staff.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertUser = """
        INSERT INTO users (user_id, alias, role, token_hash, created_at, removed_at, updated_by)
        VALUES ($user_id, $alias, $role, $token_hash, $created_at, NULL, $updated_by)
        ON CONFLICT DO NOTHING
        """;

    private const string EndUser = """
        UPDATE users SET removed_at = $removed_at, updated_by = $updated_by
        WHERE user_id = $user_id AND removed_at IS NULL
        """;

    private const string SelectUserByToken = """
        SELECT user_id, alias, role, token_hash, created_at, removed_at FROM users
        WHERE token_hash = $token_hash AND removed_at IS NULL
        """;

    private const string SelectUsers = """
        SELECT user_id, alias, role, token_hash, created_at, removed_at FROM users ORDER BY user_id LIMIT $max
        """;

    /// <inheritdoc />
    public Task<UserRow?> FindUserByTokenHashAsync(Digest tokenHash, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectUserByToken, ReadUser, ("$token_hash", tokenHash)), ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<UserRow>> ListUsersAsync(int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<UserRow>>(
            session => session.Query(SelectUsers, ReadUser, ("$max", max)), ct);
    }

    private static bool Apply(SqliteSession session, AddUser change, string name) => session.Execute(
        InsertUser,
        ("$user_id", change.Row.UserId),
        ("$alias", change.Row.Alias),
        ("$role", change.Row.Role),
        ("$token_hash", change.Row.TokenHash),
        ("$created_at", change.Row.CreatedAt),
        ("$updated_by", name)) == 1;

    private static bool Apply(SqliteSession session, RemoveUser change, string name) => session.Execute(
        EndUser,
        ("$removed_at", change.RemovedAt),
        ("$updated_by", name),
        ("$user_id", change.UserId)) == 1;

    private static UserRow ReadUser(SqliteDataReader reader) => new()
    {
        UserId = reader.GetRowId(0),
        Alias = reader.GetString(1),
        Role = reader.GetByte(2),
        TokenHash = reader.GetDigest(3),
        CreatedAt = reader.GetMoment(4),
        RemovedAt = reader.GetMomentOrNull(5),
    };
}
