using CbssReturn.Desk.Audit;
using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>Moves what the use cases have noted into the audit log soon after it was noted, many rows at a time, so
/// that little is left to do when an interval ends.</summary>
internal sealed class SequencerLoop(
    AuditSequencer sequencer, IAuditStore store, Task mayAppend, TimeProvider time, ILogger log)
{
    // One durable step for everything that comes within it, whatever a burst of packets brings.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until the node stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await mayAppend.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WorkerLoop.RunAsync(nameof(SequencerLoop), RoundAsync, time, log, stopping);
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        await store.WaitForAuditIntakeAsync(ct);
        await Task.Delay(Window, time, ct);
        if (!(await sequencer.DrainAsync(ct)).TryGet(out _, out var refusal))
        {
            NodeLog.IntakeNotMoved(log, refusal.Code);
        }
    }
}
