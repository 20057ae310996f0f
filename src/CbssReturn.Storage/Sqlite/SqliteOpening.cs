using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>The steps from a path to a connection that may be written through.</summary>
internal static class SqliteOpening
{
    // "CBSR": tells our files from other programs' (sqlite.org/fileformat.html, application id).
    private const int ApplicationId = 0x43425352;

    private const string SelectApplicationId = "SELECT application_id FROM pragma_application_id";
    private const string SelectTables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name LIMIT 1000";
    private const string QuickCheck = "SELECT quick_check FROM pragma_quick_check($table) LIMIT 1";

    // Each row of these is held against a hash or its own authentication when it is read.
    private static readonly string[] LargeTables = ["packet_body", "audit_entries", "audit_tiles", "audit_details"];

    // The folder is locked to this process, so whoever held a lease is gone; its packets are due at once.
    private const string ReturnLeases = """
        UPDATE outbox SET due_at = queued_at, lease_until = NULL, lease_owner = NULL
        WHERE state = 1 AND lease_until IS NOT NULL
        """;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens, checks and migrates.</summary>
    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP005", Justification = "Returns the session or none.")]
    public static Result<SqliteSession> Open(string path, SqliteStoreOptions options)
    {
        SqliteSession? session = null;
        Refusal? refusal;
        try
        {
            var isNew = PrepareFile(path);
            session = Reopen(path, options);
            refusal = isNew ? Format(session) : Check(session, path, options);
            refusal ??= SqliteMigrations.Apply(session, path);
            if (refusal is null && !options.KeepsLeases)
            {
                session.ExecuteScript(ReturnLeases);
            }
        }
        catch (SqliteException exception)
        {
            refusal = SqliteErrors.ToRefusal(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            refusal = FileRefusal(exception);
        }

        if (refusal is null && session is not null)
        {
            return session;
        }

        session?.Dispose();
        return refusal!;  // without a session there is a refusal
    }

    /// <summary>Opens a connection to a database that was checked before.</summary>
    public static SqliteSession Reopen(string path, SqliteStoreOptions options)
    {
        var session = SqliteSession.OpenWriter(path);
        if (options.PageCountMax is { } pages)
        {
            session.ExecuteScript(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
        }

        return session;
    }

    /// <summary>Says why a file or folder cannot be used.</summary>
    public static Refusal FileRefusal(Exception exception) =>
        SqliteErrors.ToRefusal(exception) is { Code: RefusalCode.DiskFull } full
            ? full
            : new Refusal(
                RefusalCode.FileUnreadable,
                "The data folder or a file in it cannot be opened. Check that it exists and belongs to this user.",
                localDetail: exception.GetType().Name);

    /// <summary>Makes the file, or takes it away from other users. SQLite gives its mode to the files beside it.
    /// </summary>
    /// <returns>Whether the file is empty.</returns>
    private static bool PrepareFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in (string[])[path, path + "-wal", path + "-shm"])
            {
                if (File.Exists(name))
                {
                    File.SetUnixFileMode(name, OwnerOnly);
                }
            }
        }

        return file.Length == 0;
    }

    private static Refusal? Format(SqliteSession session)
    {
        // In this order: the page size only holds for an empty file outside WAL, and a file without the id is not
        // taken for ours when this is cut off in the middle.
        session.ExecuteScript("PRAGMA page_size = 16384");
        session.ExecuteScript(FormattableString.Invariant($"PRAGMA application_id = {ApplicationId}"));
        session.ExecuteScript("PRAGMA journal_mode = WAL");
        return null;
    }

    private static Refusal? Check(SqliteSession session, string path, SqliteStoreOptions options)
    {
        if (session.QueryNumber(SelectApplicationId) != ApplicationId)
        {
            return new Refusal(RefusalCode.SchemaUnknown, "The file is not a database of this program.");
        }

        // They may be many gigabytes, and a node that waits for them does not serve.
        var checksLarge = new FileInfo(path).Length <= options.LargeCheckSizeBytesMax;
        foreach (var table in session.Query(SelectTables, static reader => reader.GetString(0)))
        {
            if ((checksLarge || !LargeTables.Contains(table))
                && session.QueryOne(QuickCheck, static reader => reader.GetString(0), ("$table", table)) is not "ok")
            {
                return SqliteErrors.DatabaseCorrupt("quick_check");
            }
        }

        session.ExecuteScript("PRAGMA journal_mode = WAL");
        return null;
    }
}
