using CbssReturn.Desk.Audit;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Node.Workers;

/// <summary>Looks at the checkpoints that calls have carried, and sounds the alarm when two of one log contradict each
/// other.</summary>
internal sealed class GossipLoop(CheckpointInbox inbox, SeeCheckpoints see, TimeProvider time, ILogger log)
{
    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkerLoop.RunAsync(nameof(GossipLoop), LookAsync, time, log, stopping);

    private async Task LookAsync(CancellationToken ct)
    {
        var (caller, note) = await inbox.TakeAsync(ct);
        var taken = await see.TakeAsync(caller, note, ct);
        if (!taken.TryGet(out var outcome, out var refusal))
        {
            NodeLog.SeenRefused(log, caller, refusal.Code);
        }
        else if (outcome == SeenOutcome.Contradiction)
        {
            NodeLog.LogContradicts(log, caller, RefusalCode.SplitView);
        }
    }
}
