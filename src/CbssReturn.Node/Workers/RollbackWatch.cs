using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Finds out whether this node was put back to an older state, and leads it out again
/// (docs/spec/audit-log.md, section 11).</summary>
internal sealed class RollbackWatch(
    PusherSetting setting,
    LogIdentity identity,
    WatchRollback watch,
    RecoverLog recover,
    CosignLog cosign,
    LogExport export,
    AuditBoard board)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether the node is rolled back, as it is written down.</summary>
    public async Task<bool> IsRolledBackAsync(CancellationToken ct)
    {
        var isRolledBack = await watch.IsRolledBackAsync(ct);
        board.NoteRolledBack(isRolledBack);
        return isRolledBack;
    }

    /// <summary>Asks every witness and auditor what it has seen of this log, before anything is signed after a start.
    /// Goes on when all have answered or failed and one at least has answered, and in any case when the time for a push
    /// is over: publishing fails open.</summary>
    public async Task AskBeforeSigningAsync(CancellationToken ct)
    {
        var start = setting.Time.GetTimestamp();
        if (export.ReadCheckpoint() is { } exported)
        {
            await JudgeAsync(setting.Self, exported, ct);
        }

        var waiting = PeersToAsk();
        var isAnswered = waiting.Count == 0;
        while (!isAnswered && setting.Time.GetElapsedTime(start) < setting.PushMax)
        {
            var answers = await Task.WhenAll(waiting.Select(peer => AskAsync(peer, ct)));
            isAnswered = answers.Any(answered => answered);
            if (!isAnswered)
            {
                await Task.Delay(AskAgainAfter, setting.Time, ct);
            }
        }

        await IsRolledBackAsync(ct);
    }

    /// <summary>Asks everybody once, because somebody seems to hold more than this node.</summary>
    public async Task AskAsync(CancellationToken ct)
    {
        await Task.WhenAll(PeersToAsk().Select(peer => AskAsync(peer, ct)));
        await IsRolledBackAsync(ct);
    }

    /// <summary>Tries to take back what was lost, from the mirror of an auditor.</summary>
    /// <returns>Whether the node may sign again.</returns>
    public async Task<bool> TryRecoverAsync(CancellationToken ct)
    {
        // Somebody may have seen more still.
        await AskAsync(ct);
        var refusal = new Refusal(RefusalCode.LogRolledBack, "No auditor holds a mirror of this log.");
        foreach (var auditor in Auditors())
        {
            if (!setting.Channels.Get(auditor).TryGet(out var channel, out refusal))
            {
                continue;
            }

            RemoteLog? mirror = null;
            var recovered = await recover.RecoverAsync(
                size => mirror = new RemoteLog(channel, identity.Origin, size, setting.PushMax), ct);
            if (recovered.TryGet(out var entries, out refusal))
            {
                NodeLog.LogRecovered(setting.Log, entries);
                board.NoteRolledBack(false);
                return true;
            }

            refusal = mirror?.Failure ?? refusal;
        }

        NodeLog.StaysRolledBack(setting.Log, refusal.Code);
        return false;
    }

    private List<NodeId> Auditors()
    {
        var directory = setting.Directory.Now;
        return directory.TryFind(setting.Self, out var self) && self.Log is { } log
            ? [.. directory.Auditors(log).Where(auditor => auditor != setting.Self)]
            : [];
    }

    private List<NodeId> PeersToAsk() =>
    [
        .. cosign.Witnesses.Select(witness => witness.Node)
            .Concat(Auditors())
            .Where(peer => peer != setting.Self)
            .Distinct(),
    ];

    /// <returns>Whether the peer has answered, also that it knows nothing.</returns>
    private async Task<bool> AskAsync(NodeId peer, CancellationToken ct)
    {
        if (!setting.Channels.Get(peer).TryGet(out var channel, out _))
        {
            return false;
        }

        var request = new GetCheckpointRequest { Origin = identity.Origin };
        var answered = await channel.CallLogAsync(
            token => channel.Log.GetCheckpointAsync(request, cancellationToken: token), setting.PushMax, ct);
        if (!answered.TryGet(out var answer, out var refusal))
        {
            return refusal.Code == RefusalCode.LogUnknown;
        }

        await JudgeAsync(peer, answer.Checkpoint.Memory, ct);
        return true;
    }

    private async Task JudgeAsync(NodeId peer, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        var judged = await watch.JudgeAsync(note, ct);
        if (judged.TryGet(out _, out var refusal))
        {
            return;
        }

        if (refusal.Code == RefusalCode.LogRolledBack)
        {
            NodeLog.RolledBack(setting.Log, peer, refusal.LocalDetail);
        }
        else
        {
            NodeLog.SeenOtherwise(setting.Log, peer, refusal.Code, refusal.LocalDetail);
        }
    }
}
