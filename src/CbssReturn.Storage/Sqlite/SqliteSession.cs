using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>One open connection with its prepared statements. Used by one thread at a time.</summary>
/// <remarks>
/// The SQL always comes from constants of this room and values always travel as parameters, so there is nothing to
/// inject; the cache of statements is bounded by the number of constants.
/// </remarks>
[SuppressMessage(
    "IDisposableAnalyzers.Correctness", "IDISP001", Justification = "Prepared commands belong to the session.")]
internal sealed class SqliteSession : IDisposable
{
    /// <summary>How long a statement waits for a lock that a tool outside this process holds. The driver waits, not
    /// SQLite, so that a checkpoint that a reader is in the way of comes back at once.</summary>
    private const int BusyTimeoutSeconds = 5;

    private readonly SqliteConnection _connection;

    // Owned; disposed with the session. Constants are found by where they stand, which is faster than by what they say;
    // one that stands twice is prepared twice.
    private readonly Dictionary<string, SqliteCommand> _commands = new(ReferenceEqualityComparer.Instance);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>How many rows this connection has changed since it was opened, whether or not they were kept.</summary>
    public long RowsChanged { get; private set; }

    /// <summary>Opens the one connection that writes.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="SqliteException">The file cannot be opened as a database.</exception>
    public static SqliteSession OpenWriter(string path)
    {
        var session = Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            // Page size and application id only matter to an empty file, and only before the mode becomes WAL. With
            // synchronous=FULL every commit ends with a sync of the WAL (fsync in the library we ship, fdatasync in
            // others), so what was acknowledged outlives a loss of power. With secure_delete freed bytes are zeroed.
            session.ExecuteScript("""
                PRAGMA synchronous = FULL;
                PRAGMA secure_delete = ON;
                PRAGMA foreign_keys = ON;
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -16384;
                PRAGMA wal_autocheckpoint = 1000;
                PRAGMA journal_size_limit = 67108864;
                """);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that can only read.</summary>
    /// <exception cref="SqliteException">The file cannot be opened as a database.</exception>
    public static SqliteSession OpenReader(string path)
    {
        var session = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            session.ExecuteScript("""
                PRAGMA query_only = ON;
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA temp_store = MEMORY;
                """);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs one statement of this room's constants.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = Bind(sql, values);
        try
        {
            var count = command.ExecuteNonQuery();
            RowsChanged += Math.Max(0, count);  // -1 for a statement that changes no rows by its nature
            return count;
        }
        finally
        {
            Unbind(command);
        }
    }

    /// <summary>Runs one query and reads its first row; null for none.</summary>
    public T? QueryOne<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
        where T : class
    {
        var command = Bind(sql, values);
        try
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : null;
        }
        finally
        {
            Unbind(command);
        }
    }

    /// <summary>Runs one query, whose own LIMIT bounds it, and reads all its rows.</summary>
    public List<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = Bind(sql, values);
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            Unbind(command);
        }
    }

    /// <summary>Runs one query whose first column of its only row is a number.</summary>
    public long QueryNumber(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        (long)QueryOne<object>(sql, static reader => reader.GetInt64(0), values)!;  // such a query always has a row

    /// <summary>Runs statements that are not kept prepared: pragmas and definitions.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Constants of this room; see the remarks of the class.")]
    public void ExecuteScript(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        _connection.Dispose();
    }

    private static SqliteSession Open(string path, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Unbind(SqliteCommand command)
    {
        // A prepared statement lives on; the 16 MiB that it last carried need not.
        foreach (SqliteParameter parameter in command.Parameters)
        {
            parameter.Value = DBNull.Value;
        }
    }

    private static object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        byte[] or string or long => value,
        int number => (long)number,
        uint number => (long)number,
        byte number => (long)number,
        bool flag => flag ? 1L : 0L,
        RefusalCode code => (long)code,
        DateTimeOffset moment => moment.ToUnixTimeMilliseconds(),
        RowId id => id.ToArray(),
        PeerIndex index => index.ToArray(),
        ConversationIndex index => index.ToArray(),
        PacketId id => id.ToArray(),
        KeyId id => id.ToArray(),
        Digest digest => digest.ToArray(),
        ReadOnlyMemory<byte> bytes => WholeArray(bytes),
        _ => throw new ArgumentException($"No column takes a {value.GetType().Name}.", nameof(value)),
    };

    private static byte[] WholeArray(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
            && segment is { Array: not null, Offset: 0 } && segment.Count == segment.Array.Length
            ? segment.Array
            : bytes.ToArray();

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = Prepare(sql, values);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = ToColumn(values[i].Value);
        }

        return command;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Constants of this room; see the remarks of the class.")]
    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (_commands.TryGetValue(sql, out var known))
        {
            return known;
        }

        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in values)
        {
            command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        }

        _commands.Add(sql, command);
        return command;
    }
}
