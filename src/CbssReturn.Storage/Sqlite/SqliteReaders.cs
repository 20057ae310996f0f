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
