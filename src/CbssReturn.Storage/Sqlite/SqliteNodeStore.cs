using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Sqlite;

/// <summary>The embedded store: one node, one folder, one SQLite file in WAL mode.</summary>
/// <remarks>
/// All writes go through one thread that groups what waits into one durable commit (<c>SqliteWriter</c>); reads run
/// beside it. The SQL of each kind of row stands in a partial file of its own.
/// </remarks>
public sealed partial class SqliteNodeStore : INodeStore, IAuditStore
{
    private readonly FolderLock _lock;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly IntakeSignal _intake;
    private int _isDisposed;

    private SqliteNodeStore(FolderLock folderLock, SqliteWriter writer, SqliteReaders readers, IntakeSignal intake) =>
        (_lock, _writer, _readers, _intake) = (folderLock, writer, readers, intake);

    /// <summary>Opens a node's database, or makes it, and brings its schema up to date.</summary>
    /// <param name="path">The database file, in a folder that exists and that nothing else uses. The file and what
    /// SQLite puts beside it get mode 0600.</param>
    /// <param name="clock">Measures durations.</param>
    /// <returns>
    /// The store, or a refusal: <see cref="RefusalCode.DataFolderInUse"/> when another process has it open,
    /// <see cref="RefusalCode.DatabaseCorrupt"/>, <see cref="RefusalCode.SchemaUnknown"/> when a newer or another
    /// program made it, <see cref="RefusalCode.DiskFull"/>, <see cref="RefusalCode.FileUnreadable"/> when the folder or
    /// file cannot be used, <see cref="RefusalCode.StoreUnavailable"/> for any other failure of the database.
    /// </returns>
    public static Task<Result<SqliteNodeStore>> OpenAsync(string path, TimeProvider clock) =>
        OpenAsync(path, clock, new SqliteStoreOptions());

    internal static Task<Result<SqliteNodeStore>> OpenAsync(
        string path, TimeProvider clock, SqliteStoreOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(clock);

        // Checking and migrating a large file takes a while; the caller's thread need not.
        return Task.Run(() => Open(Path.GetFullPath(path), clock, options));
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> CommitAsync(NodeTransaction transaction, CancellationToken ct)
    {
        TransactionRules.Check(transaction);
        var request = new CommitRequest(transaction);
        await _writer.AcceptAsync(request, ct);
        return await request.Answer;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        // The readers first: the last connection to close is then the writer's, which empties the WAL.
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _lock.Dispose();
    }

    /// <summary>Applies one change inside the writer's transaction.</summary>
    /// <returns>False when it met another state.</returns>
    internal static bool Apply(SqliteSession session, StoreChange change, string name) => change switch
    {
        AddUser add => Apply(session, add, name),
        RemoveUser remove => Apply(session, remove, name),
        PutCase put => Apply(session, put, name),
        ExpectCase expect => Apply(session, expect),
        AddConsent add => Apply(session, add, name),
        PutConversation put => Apply(session, put, name),
        MarkConversationState mark => Apply(session, mark, name),
        AddReceived add => AddReceivedRow(session, add.Row, add.Body, name),
        AddQuarantined add => AddQuarantinedRow(session, add, name),
        Enqueue enqueue => Apply(session, enqueue, name),
        ExpectOutbox expect => Apply(session, expect),
        CompleteOutbox complete => Apply(session, complete, name),
        DeferOutbox defer => Apply(session, defer, name),
        ReplaceOutboxEnvelope replace => Apply(session, replace, name),
        RetryOutbox retry => Apply(session, retry, name),
        CancelOutbox cancel => Apply(session, cancel, name),
        WakeOutboxOfPeer wake => Apply(session, wake, name),
        PutEpochSeed put => Apply(session, put, name),
        DestroyEpochSeed destroy => Apply(session, destroy, name),
        PutPeerEpochKeys put => Apply(session, put, name),
        PutMeta put => Apply(session, put, name),
        AppendAuditIntake append => Apply(session, append, name),
        EraseDetail erase => Apply(session, erase),
        StoreProof store => Apply(session, store),
        _ => throw new ArgumentException($"There is no statement for {change.GetType().Name}.", nameof(change)),
    };

    private static Result<SqliteNodeStore> Open(string path, TimeProvider clock, SqliteStoreOptions options)
    {
        if (!FolderLock.TryTake(path).TryGet(out var folderLock, out var refusal))
        {
            return refusal;
        }

        if (!SqliteOpening.Open(path, options).TryGet(out var session, out refusal))
        {
            folderLock.Dispose();
            return refusal;
        }

        var intake = new IntakeSignal();
        var writer = new SqliteWriter(session, () => SqliteOpening.Reopen(path, options), options, clock, intake);
        writer.Start();
        return new SqliteNodeStore(folderLock, writer, new SqliteReaders(path), intake);
    }

    private static void CheckMax(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, StoreLimits.ListMax);
    }
}
