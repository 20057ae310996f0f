using System.Diagnostics.CodeAnalysis;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Sqlite;

/// <summary>A worker's claim on its way through the writer.</summary>
internal sealed class ClaimRequest(
    PeerIndex peerIndex, int max, DateTimeOffset now, DateTimeOffset leaseUntil, string worker) : WriteRequest
{
    private readonly TaskCompletionSource<IReadOnlyList<OutboxRow>> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<OutboxRow> _before = [];  // written by the writer thread only

    public override string Name => SqliteNodeStore.ClaimName;

    public override long BodySizeBytes => 0;

    /// <summary>The rows as they were before the claim.</summary>
    [SuppressMessage("Usage", "VSTHRD003",
        Justification = "The writer's thread answers; it never waits for the caller.")]
    public Task<IReadOnlyList<OutboxRow>> Answer => _answer.Task;

    public override bool Apply(SqliteSession session)
    {
        _before = SqliteNodeStore.Claim(session, peerIndex, max, now, leaseUntil, worker);
        return true;
    }

    public override void Complete() => _answer.TrySetResult(_before);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
