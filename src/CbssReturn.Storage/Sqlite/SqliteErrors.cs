using CbssReturn.Outcomes;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Says in the house's words what SQLite says in numbers (sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int Constraint = 19;
    public const int NotADatabase = 26;

    // A full disk also shows when the index of the WAL cannot grow.
    private const int IoErrorShmSize = 10 | (19 << 8);

    // Linux and macOS: no space left on device; quota exceeded.
    private const int NoSpace = 28;

    public static Refusal ToRefusal(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } or SqliteException { SqliteExtendedErrorCode: IoErrorShmSize }
            or IOException { HResult: NoSpace } => new Refusal(
                RefusalCode.DiskFull,
                IsCertainlyNotKept(exception)
                    ? "The disk is full. Nothing of this was stored; it can be repeated once there is space."
                    : "The disk is full. Once there is space, look what was stored before you repeat it.",
                localDetail: Detail(exception)),
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } =>
            DatabaseCorrupt(Detail(exception)),
        _ => new Refusal(
            RefusalCode.StoreUnavailable, "The store does not answer.", localDetail: Detail(exception)),
    };

    public static Refusal DatabaseCorrupt(string localDetail) => new(
        RefusalCode.DatabaseCorrupt,
        "The database is damaged. Stop the node and restore the newest backup.",
        localDetail: localDetail);

    /// <summary>Whether a failing COMMIT certainly kept nothing. Any other failure may have come after the WAL was
    /// written.</summary>
    public static bool IsCertainlyNotKept(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Full or Busy or Locked or Constraint };

    /// <summary>Whether another program holds a lock that this one waited for in vain.</summary>
    public static bool IsHeldElsewhere(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>Whether the connection may be used on after a rollback.</summary>
    public static bool LeavesConnectionUsable(Exception exception) => exception
        is not SqliteException or SqliteException { SqliteErrorCode: Full or Busy or Locked or Constraint };

    // SQLite's own words may quote an SQL text, but never a bound value; only the numbers are passed on all the same.
    private static string Detail(Exception exception) => exception is SqliteException sqlite
        ? FormattableString.Invariant($"sqlite {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode}")
        : exception.GetType().Name;
}
