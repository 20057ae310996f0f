using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Workers;

/// <summary>Carries each checkpoint outward: entries to the auditors first, so that what a witness has seen can always
/// be had back, then to the witnesses, and with their cosignatures to the auditors again. Everybody side by side; who
/// does not answer holds up nobody, and publishing goes on (docs/spec/audit-log.md, section 9).</summary>
internal sealed class PushLoop(
    PusherSetting setting,
    NewestCheckpoint newest,
    AuditorPush auditors,
    WitnessPush witnesses,
    CosignLog cosign,
    AuditBoard board,
    Action<SignedCheckpoint> cosigned,
    Func<CancellationToken, Task> suspectRollback)
{
    private const int CallsAtATime = 8;

    // An auditor that is slow or gone delays the witnesses by so much and no more.
    private static readonly TimeSpan AuditorsFirst = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) => WorkerLoop.RunAsync(
        nameof(PushLoop),
        async ct => await PushAsync(await newest.NextAsync(ct), ct),
        setting.Time,
        setting.Log,
        stopping);

    private async Task PushAsync(SignedCheckpoint checkpoint, CancellationToken ct)
    {
        var mirrors = setting.Directory.Now.AuditorsOf(setting.Self);
        var pushing = Task.WhenAll(mirrors.Select(auditor => auditors.PushAsync(auditor, checkpoint, ct)));
        using (var first = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            await Task.WhenAny(pushing, Task.Delay(AuditorsFirst, setting.Time, first.Token));
            await first.CancelAsync();
        }

        var longest = await AskWitnessesAsync(checkpoint, ct);
        var pushed = await pushing;
        if (pushed.Any(one => one.TryGet(out var held, out var refusal)
            ? held > checkpoint.Size
            : refusal.Code == RefusalCode.SplitView))
        {
            await suspectRollback(ct);
        }

        if (longest is not null)
        {
            await Task.WhenAll(mirrors
                .Where((_, index) => pushed[index].IsOk)
                .Select(auditor => auditors.PushAsync(auditor, longest, ct)));
        }
    }

    /// <returns>The checkpoint with the most cosignatures; null when there was none.</returns>
    private async Task<SignedCheckpoint?> AskWitnessesAsync(SignedCheckpoint checkpoint, CancellationToken ct)
    {
        var gate = new Lock();
        SignedCheckpoint? longest = null;
        var isSuspect = false;
        await Parallel.ForEachAsync(
            cosign.Witnesses,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = ct },
            async (witness, token) =>
            {
                var asked = await witnesses.AskAsync(witness, checkpoint, token);
                lock (gate)
                {
                    if (!asked.TryGet(out var signed, out var refusal))
                    {
                        isSuspect |= refusal.Code is RefusalCode.LogRolledBack or RefusalCode.SplitView
                            or RefusalCode.ConsistencyWrong;
                    }
                    else if (signed.Note.Signatures.Count > (longest?.Note.Signatures.Count ?? 0))
                    {
                        longest = signed;
                        board.NoteCosigned(signed, cosign.CountWitnesses(signed));
                    }
                }
            });
        if (isSuspect)
        {
            await suspectRollback(ct);
        }

        if (longest is not null)
        {
            cosigned(longest);
        }

        return longest;
    }
}
