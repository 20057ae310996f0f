using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

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
    private static readonly TimeSpan AskAgainMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskAgainMax = TimeSpan.FromSeconds(10);

    private readonly LogInquiry _inquiry = new(setting, identity, watch, cosign, board);

    /// <summary>Whether checkpoints may be signed, as it is written down.</summary>
    public async Task<bool> MaySignAsync(CancellationToken ct)
    {
        var state = await watch.GetStateAsync(ct);
        board.NoteState(state);
        return state == AuditLogState.Signing;
    }

    /// <summary>Asks every witness and auditor what it has seen of this log, before anything is signed after a start,
    /// until enough have answered to know (<see cref="IsEnoughAsync"/>), or one has shown what stops the node. As long
    /// as that takes nothing is signed, and the status says so; packets come and go meanwhile.</summary>
    /// <param name="ct">Ends the wait.</param>
    public async Task AskBeforeSigningAsync(CancellationToken ct)
    {
        if (export.ReadCheckpoint() is { } exported
            && !(await watch.JudgeExportAsync(exported, ct)).TryGet(out _, out var refusal))
        {
            NodeLog.SeenOtherwise(setting.Log, setting.Self, refusal.Code, refusal.LocalDetail);
        }

        var pause = AskAgainMin;
        while (true)
        {
            var words = await _inquiry.AskAsync(ct);
            if (!await MaySignAsync(ct) || await IsEnoughAsync(words, ct))
            {
                board.NoteWaiting(false);
                return;
            }

            if (!board.Now.IsWaiting)
            {
                NodeLog.SigningWaits(setting.Log, CountWitnesses(words), Needed);
            }

            board.NoteWaiting(true);
            await Task.Delay(pause, setting.Time, ct);
            pause = pause * 2 < AskAgainMax ? pause * 2 : AskAgainMax;
        }
    }

    /// <summary>Lets the node sign without asking, because a person says that it was not restored.</summary>
    public async Task SignUnaskedAsync(CancellationToken ct)
    {
        NodeLog.SignsUnasked(setting.Log);
        await watch.OverrideAsync(ct);
    }

    /// <summary>Asks everybody once, because somebody seems to hold more than this node.</summary>
    public async Task AskAsync(CancellationToken ct)
    {
        await _inquiry.AskAsync(ct);
        await MaySignAsync(ct);
    }

    /// <summary>Tries to take back what was lost, from the mirror of an auditor.</summary>
    /// <returns>Whether the node may sign again.</returns>
    public async Task<bool> TryRecoverAsync(CancellationToken ct)
    {
        // Somebody may have seen more still.
        await AskAsync(ct);
        var refusal = new Refusal(RefusalCode.LogRolledBack, "No auditor holds a mirror of this log.");
        foreach (var auditor in _inquiry.Auditors())
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
                board.NoteState(AuditLogState.Signing);
                return true;
            }

            refusal = mirror?.Failure ?? refusal;
        }

        NodeLog.StaysRolledBack(setting.Log, refusal.Code);
        return false;
    }

    // With so many that have cosigned nothing newer, no quorum of the others can have.
    private int Needed => cosign.Witnesses.Count is var all and > 0 ? all - DirectoryLogs.Quorum(all) + 1 : 0;

    private int CountWitnesses(IReadOnlyDictionary<NodeId, PeerWord> words) => _inquiry.Witnesses()
        .Count(witness => words.GetValueOrDefault(witness) is PeerWord.Nothing or PeerWord.Agrees);

    /// <summary>Whether it is known by now that no quorum of the witnesses has cosigned anything newer, or an auditor
    /// that holds the log has said so. Where there is no other witness, all auditors must have answered; a node that
    /// has neither has shown its log to nobody. A node that has signed before and does not know the directory waits for
    /// one that lists it.</summary>
    private async Task<bool> IsEnoughAsync(IReadOnlyDictionary<NodeId, PeerWord> words, CancellationToken ct)
    {
        var (witnesses, auditors) = (_inquiry.Witnesses(), _inquiry.Auditors());
        if (!setting.Directory.Now.TryFind(setting.Self, out _))
        {
            return !await watch.HasBegunAsync(ct);
        }

        return auditors.Any(auditor => words.GetValueOrDefault(auditor) is PeerWord.Agrees)
            || (witnesses.Count > 0
                ? CountWitnesses(words) >= Needed
                : auditors.All(auditor => words.GetValueOrDefault(auditor) is not PeerWord.None));
    }
}
