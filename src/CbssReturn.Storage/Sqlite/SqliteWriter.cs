using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using CbssReturn.Outcomes;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>The one thread that writes: drains what waits, commits it as a group, answers when it is durable.</summary>
/// <remarks>
/// One sync of the WAL serves the whole group, which is where the speed comes from. A request that conflicts after it
/// has changed rows must be taken back alone: then the group is applied anew with a savepoint for each request. (They
/// cost a sixth of the writer's time, so they are not there from the start.) When the group as a whole fails, each
/// request is tried alone, so that one that the database cannot take fails by itself; not when the database could not
/// be had at all, or everybody would wait for the same lock one after the other. When the commit itself ends in an
/// error after which the rows may have been kept, nothing is tried again: the callers are told that the outcome is
/// unknown.
/// <para>What a transaction erases is also erased from the WAL before the transaction is answered. When a reader is in
/// the way, or it is not known how the commit ended, that is tried again every second until it is done, whether or not
/// anything is written; and once at the start, for a process that was ended in between.</para>
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Most requests that wait; a caller beyond waits to be accepted.</summary>
    public const int QueueMax = 1024;

    /// <summary>Most requests in one group.</summary>
    public const int GroupRequestsMax = 512;

    /// <summary>Most bytes of envelopes in one group; a single larger request is a group of its own.</summary>
    public const int GroupBodySizeBytesMax = 4 * 1024 * 1024;

    private static readonly TimeSpan CheckpointRetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<WriteRequest> _requests = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SqliteSession> _open;
    private readonly Action<CommitPoint, IReadOnlyList<string>>? _atCommit;
    private readonly TimeProvider _clock;
    private readonly IntakeSignal _intake;

    private SqliteSession? _session;  // used by the writer thread only, from Start on
    private bool _owesCheckpoint = true;  // used by the writer thread only, from Start on

    public SqliteWriter(
        SqliteSession session,
        Func<SqliteSession> open,
        SqliteStoreOptions options,
        TimeProvider clock,
        IntakeSignal intake)
    {
        (_session, _open, _atCommit, _clock, _intake) = (session, open, options.AtCommit, clock, intake);
    }

    /// <summary>Empties the WAL that is there, and starts the thread.</summary>
    public void Start()
    {
        PayCheckpoint();
        new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();
    }

    /// <summary>Hands a request over.</summary>
    /// <exception cref="StoreException">The store is closed.</exception>
    public async ValueTask AcceptAsync(WriteRequest request, CancellationToken ct)
    {
        try
        {
            await _requests.Writer.WriteAsync(request, ct);
        }
        catch (ChannelClosedException)
        {
            throw new StoreException(new Refusal(RefusalCode.StoreUnavailable, "The store is closed."));
        }
    }

    /// <summary>Takes no more, completes what was accepted, closes the connection.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The writer's thread ends; it never waits for the caller.")]
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _ended.Task;
    }

    private void Run()
    {
        var group = new List<WriteRequest>(GroupRequestsMax);
        while (WaitForRequests())
        {
            Drain(group);
            Write(group);
            group.Clear();
        }

        PayCheckpoint();
        CloseSession();
        _ended.SetResult();
    }

    private bool WaitForRequests()
    {
        var wait = _requests.Reader.WaitToReadAsync().AsTask();
#pragma warning disable VSTHRD002 // The thread is the writer's own and has nothing else to do.
        while (_owesCheckpoint && !wait.Wait(CheckpointRetryAfter))
        {
            PayCheckpoint();
        }

        return wait.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private void Drain(List<WriteRequest> group)
    {
        var size = 0L;
        while (group.Count < GroupRequestsMax && _requests.Reader.TryPeek(out var next)
            && (group.Count == 0 || size + next.BodySizeBytes <= GroupBodySizeBytesMax)
            && _requests.Reader.TryRead(out var request))
        {
            size += request.BodySizeBytes;
            group.Add(request);
        }
    }

    private void Write(List<WriteRequest> group)
    {
        var failure = Commit(group, out var mayBeOneOfThem);
        if (mayBeOneOfThem && group.Count > 1)
        {
            foreach (var request in group)
            {
                Answer([request], Commit([request], out _));
            }
        }
        else
        {
            Answer(group, failure);
        }
    }

    private static void Answer(List<WriteRequest> group, StoreException? failure)
    {
        foreach (var request in group)
        {
            StoreMetrics.Count(request.Name);
            if (failure is null)
            {
                request.Complete();
            }
            else
            {
                request.Fail(failure);
            }
        }
    }

    /// <summary>Applies and commits a group. The answers are not given yet.</summary>
    /// <param name="group">The requests.</param>
    /// <param name="mayBeOneOfThem">Whether nothing was kept, and perhaps because of one request alone.</param>
    /// <returns>Null when everything is durable; why not, otherwise.</returns>
    private StoreException? Commit(List<WriteRequest> group, out bool mayBeOneOfThem)
    {
        var startedAt = _clock.GetTimestamp();
        var (isBegun, isCommitting) = (false, false);
        mayBeOneOfThem = false;
        try
        {
            _session ??= _open();
            _session.Execute("BEGIN IMMEDIATE");
            isBegun = true;
            if (!TryApplyTogether(_session, group))
            {
                _session.Execute("ROLLBACK");
                _session.Execute("BEGIN IMMEDIATE");
                group.ForEach(request => ApplyAlone(_session, request));
            }

            var names = _atCommit is null ? [] : group.ConvertAll(static request => request.Name);
            _atCommit?.Invoke(CommitPoint.BeforeCommit, names);
            isCommitting = true;
            _owesCheckpoint |= group.Exists(static request => request.Erases);
            _session.Execute("COMMIT");
            _atCommit?.Invoke(CommitPoint.AfterCommit, names);
        }
        catch (Exception exception)
        {
            var isUnknown = isCommitting && !SqliteErrors.IsCertainlyNotKept(exception);
            mayBeOneOfThem = isBegun && !isUnknown && !SqliteErrors.IsHeldElsewhere(exception);
            Abandon(isUnknown || !SqliteErrors.LeavesConnectionUsable(exception));
            if (isUnknown)
            {
                TellSequencer(group);
            }

            return new StoreException(SqliteErrors.ToRefusal(exception), isUnknown, exception);
        }

        TellSequencer(group);
        StoreMetrics.Group(group.Count, _clock.GetElapsedTime(startedAt));
        PayCheckpoint();
        return null;
    }

    private void TellSequencer(List<WriteRequest> group)
    {
        if (group.Exists(static request => request.FillsIntake))
        {
            _intake.Set();
        }
    }

    /// <summary>Empties the WAL when something was erased since that was done.</summary>
    private void PayCheckpoint()
    {
        try
        {
            if (_owesCheckpoint)
            {
                _session ??= _open();
                _owesCheckpoint = !SqliteCheckpoint.TryTruncate(_session);
            }
        }
        catch (SqliteException)
        {
            // The database cannot be opened now; whoever wants to write is told so. It stays owed.
        }
    }

    /// <returns>False when a request has to be taken back.</returns>
    private static bool TryApplyTogether(SqliteSession session, List<WriteRequest> group)
    {
        try
        {
            foreach (var request in group)
            {
                var rowsChangedBefore = session.RowsChanged;
                if (!request.Apply(session) && session.RowsChanged != rowsChangedBefore)
                {
                    return false;
                }
            }

            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteErrors.Constraint)
        {
            return false;
        }
    }

    private static void ApplyAlone(SqliteSession session, WriteRequest request)
    {
        session.Execute("SAVEPOINT request");
        try
        {
            if (!request.Apply(session))
            {
                session.Execute("ROLLBACK TO request");
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteErrors.Constraint)
        {
            // The rules of rows were checked before; what is left is a reference to a row that is not there.
            session.Execute("ROLLBACK TO request");
            request.Fail(new ArgumentException("A change refers to a row that is not stored.", exception));
        }

        session.Execute("RELEASE request");
    }

    private void Abandon(bool closes)
    {
        try
        {
            _session?.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There was no transaction left, or the connection is beyond use: a new one starts clean either way.
            closes = true;
        }

        if (closes)
        {
            CloseSession();
        }
    }

    private void CloseSession()
    {
        _session?.Dispose();
        _session = null;
    }
}
