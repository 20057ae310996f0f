using System.Collections.Concurrent;
using CbssReturn.Outcomes;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>A few read-only connections, opened when first needed. A read runs on the caller's thread: it takes
/// microseconds, and a switch of threads would take as long.</summary>
internal sealed class SqliteReaders(string path) : IAsyncDisposable
{
    /// <summary>Most reads at the same moment; the next one waits.</summary>
    public const int ConnectionsMax = 4;

    private readonly SemaphoreSlim _slots = new(ConnectionsMax);
    private readonly ConcurrentBag<SqliteSession> _idle = [];  // owned; a busy session is owned by its read
    private volatile bool _isClosed;

    /// <summary>Runs one read.</summary>
    /// <exception cref="StoreException">The read failed, or the store is closed.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        ThrowIfClosed();
        await _slots.WaitAsync(ct);
        try
        {
            ThrowIfClosed();
            return Read(read);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Reads all rows of a query page by page, so that no read stays open while rows are worked on elsewhere.
    /// </summary>
    /// <param name="sql">Takes <c>$after</c> and <c>$max</c>, and orders by what <paramref name="read"/>
    /// returns.</param>
    /// <param name="before">What stands before the first row.</param>
    /// <param name="max">Rows of a page.</param>
    /// <param name="read">Works on a row and returns its key.</param>
    /// <param name="ct">Honoured between pages.</param>
    /// <param name="values">Further values of the query.</param>
    public async Task PageAsync<TKey>(
        string sql,
        TKey before,
        int max,
        Func<SqliteDataReader, TKey> read,
        CancellationToken ct,
        params (string Name, object? Value)[] values)
        where TKey : notnull
    {
        var (after, count) = (before, max);
        while (count == max)
        {
            var keys = await ReadAsync(
                session => session.Query(sql, read, [.. values, ("$after", after), ("$max", max)]), ct);
            (after, count) = (keys.Count > 0 ? keys[^1] : after, keys.Count);
        }
    }

    /// <summary>Waits for running reads and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        for (var i = 0; i < ConnectionsMax; i++)
        {
            await _slots.WaitAsync();
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // The slots stay: whoever still waits for one is told that the store is closed.
        _slots.Release(ConnectionsMax);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : SqliteSession.OpenReader(path);
            var value = read(session);
            _idle.Add(session);
            return value;
        }
        catch (Exception exception)
        {
            // Whatever state the connection is in, the next read does not inherit it.
            session?.Dispose();
            if (exception is SqliteException)
            {
                throw new StoreException(SqliteErrors.ToRefusal(exception), cause: exception);
            }

            throw;
        }
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new StoreException(new Refusal(RefusalCode.StoreUnavailable, "The store is closed."));
        }
    }
}
