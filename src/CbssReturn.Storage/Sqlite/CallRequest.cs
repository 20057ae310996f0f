using System.Diagnostics.CodeAnalysis;

namespace CbssReturn.Storage.Sqlite;

/// <summary>A step with an answer of its own on its way through the writer.</summary>
/// <param name="name">Name of the transaction, in the metrics.</param>
/// <param name="apply">Changes rows; may run again after a rollback. Says whether what it changed may be kept, and what
/// to answer.</param>
internal sealed class CallRequest<T>(string name, Func<SqliteSession, (bool IsKept, T Answer)> apply) : WriteRequest
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _found;  // written by the writer thread only

    public override string Name => name;

    public override long BodySizeBytes => SizeBytes;

    public override bool FillsIntake => MayFillIntake;

    /// <summary>Bytes that it carries.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Whether it may put rows into the audit intake.</summary>
    public bool MayFillIntake { get; init; }

    [SuppressMessage("Usage", "VSTHRD003",
        Justification = "The writer's thread answers; it never waits for the caller.")]
    public Task<T> Answer => _answer.Task;

    public override bool Apply(SqliteSession session)
    {
        (var isKept, _found) = apply(session);
        return isKept;
    }

    public override void Complete() => _answer.TrySetResult(_found!);  // applied, or it would have failed

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
