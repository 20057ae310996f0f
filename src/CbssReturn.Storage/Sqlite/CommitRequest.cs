using System.Diagnostics.CodeAnalysis;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Sqlite;

/// <summary>A caller's transaction on its way through the writer.</summary>
internal sealed class CommitRequest : WriteRequest
{
    private readonly NodeTransaction _transaction;
    private readonly TaskCompletionSource<CommitOutcome> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _conflictIndex = -1;  // written by the writer thread only

    public CommitRequest(NodeTransaction transaction)
    {
        _transaction = transaction;
        foreach (var change in transaction.Changes)
        {
            BodySizeBytes += BodySizeOf(change);
            Erases |= change is DestroyEpochSeed or CancelOutbox or ReplaceOutboxEnvelope or EraseDetail;
            FillsIntake |= change is AppendAuditIntake;
        }
    }

    public override string Name => _transaction.Name;

    public override long BodySizeBytes { get; }

    public override bool Erases { get; }

    public override bool FillsIntake { get; }

    [SuppressMessage("Usage", "VSTHRD003",
        Justification = "The writer's thread answers; it never waits for the caller.")]
    public Task<CommitOutcome> Answer => _answer.Task;

    public override bool Apply(SqliteSession session)
    {
        _conflictIndex = -1;
        for (var i = 0; i < _transaction.Changes.Count; i++)
        {
            if (!SqliteNodeStore.Apply(session, _transaction.Changes[i], Name))
            {
                _conflictIndex = i;
                return false;
            }
        }

        return true;
    }

    public override void Complete() => _answer.TrySetResult(
        _conflictIndex < 0 ? CommitOutcome.Committed : CommitOutcome.Conflict(_conflictIndex));

    public override void Fail(Exception exception) => _answer.TrySetException(exception);

    private static int BodySizeOf(StoreChange change) => change switch
    {
        AddReceived received => received.Body.Length,
        AddQuarantined quarantined => quarantined.Body.Length,
        Enqueue enqueue => enqueue.Body.Length,
        ReplaceOutboxEnvelope replace => replace.Body.Length,
        _ => 0,
    };
}
