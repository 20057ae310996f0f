using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Moves the WAL into the database file and empties it, so that no copy of erased content stays in it.
/// </summary>
internal static class SqliteCheckpoint
{
    /// <returns>False when a reader was in the way, or the disk is; then it is to be tried again.</returns>
    public static bool TryTruncate(SqliteSession session)
    {
        try
        {
            return session.QueryNumber("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
