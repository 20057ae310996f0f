using CbssReturn.Desk.Audit;

namespace CbssReturn.Node.Workers;

/// <summary>Publishes one checkpoint at each POSIX second that is a multiple of the interval, busy or idle, so that the
/// moment tells nobody anything (docs/spec/audit-log.md, section 8).</summary>
internal sealed class CheckpointPublisher(
    AuditServices audit,
    RollbackWatch rollback,
    AuditBoard board,
    bool signsUnasked,
    TimeSpan interval,
    Action<SignedCheckpoint> published,
    TaskCompletionSource mayAppend,
    TimeProvider time,
    ILogger log)
{
    // A wall clock that is set ahead is noticed after so long.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private bool _isStarted;

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) => WorkerLoop.RunAsync(
        nameof(CheckpointPublisher), RoundAsync, time, log, stopping);

    /// <summary>The first moment after another at which a checkpoint is due.</summary>
    internal static DateTimeOffset NextAfter(DateTimeOffset moment, TimeSpan interval)
    {
        var ticks = (moment - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(ticks - (ticks % interval.Ticks) + interval.Ticks);
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        if (!_isStarted)
        {
            _isStarted = await TryStartAsync(ct);
        }

        if (_isStarted && await rollback.MaySignAsync(ct))
        {
            mayAppend.TrySetResult();
        }

        var boundary = await WaitAsync(ct);
        if (!_isStarted || (!await rollback.MaySignAsync(ct) && !await rollback.TryRecoverAsync(ct)))
        {
            return;
        }

        mayAppend.TrySetResult();
        var isPublished = (await audit.Publish.PublishAsync(boundary, ct)).TryGet(out var checkpoint, out var refusal);
        board.NoteFault(refusal?.Code);
        if (isPublished)
        {
            NodeLog.CheckpointPublished(log, checkpoint!.Size);  // published, so it is there
            published(checkpoint);
        }
        else
        {
            NodeLog.CheckpointNotPublished(log, refusal!.Code);  // not published has a refusal
        }
    }

    /// <returns>False when the tree is damaged: then nothing is signed, and it is looked at again at the end of each
    /// interval. The node goes on for the people it serves.</returns>
    private async Task<bool> TryStartAsync(CancellationToken ct)
    {
        var isWhole = (await audit.Sequencer.BeginAsync(ct)).TryGet(out _, out var damage);
        board.NoteFault(damage?.Code);
        if (!isWhole)
        {
            NodeLog.LogNotBegun(log, damage!.Code, damage.LocalDetail ?? damage.Field);  // not whole has a refusal
            return false;
        }

        if (signsUnasked)
        {
            await rollback.SignUnaskedAsync(ct);
        }
        else
        {
            await rollback.AskBeforeSigningAsync(ct);
        }

        if (await rollback.MaySignAsync(ct) && await audit.Publish.FinishAsync(ct) is { } finished)
        {
            published(finished);
        }

        return true;
    }

    private async Task<DateTimeOffset> WaitAsync(CancellationToken ct)
    {
        var due = NextAfter(time.GetUtcNow(), interval);
        while (true)
        {
            var left = due - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return due;
            }

            if (left > interval)
            {
                // The wall clock was set back.
                due = NextAfter(time.GetUtcNow(), interval);
                continue;
            }

            await Task.Delay(left < LookEvery ? left : LookEvery, time, ct);
        }
    }
}
