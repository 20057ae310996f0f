using CbssReturn.AuditLog;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Asks other nodes what they have seen of this node's log, and has it judged.</summary>
internal sealed class LogInquiry(
    PusherSetting setting, LogIdentity identity, WatchRollback watch, CosignLog cosign, AuditBoard board)
{
    /// <summary>The nodes that hold a mirror of the log; this one does not count.</summary>
    public IReadOnlyList<NodeId> Auditors() => setting.Directory.Now.AuditorsOf(setting.Self);

    /// <summary>The nodes that cosign it; this one does not count.</summary>
    public IReadOnlyList<NodeId> Witnesses() =>
        [.. cosign.Witnesses.Select(witness => witness.Node).Where(witness => witness != setting.Self)];

    /// <summary>Asks everybody, side by side.</summary>
    /// <returns>What each said.</returns>
    public async Task<IReadOnlyDictionary<NodeId, PeerWord>> AskAsync(CancellationToken ct)
    {
        var asked = Witnesses().Concat(Auditors()).Distinct().ToList();
        var words = await Task.WhenAll(asked.Select(peer => AskAsync(peer, ct)));
        return asked.Zip(words).ToDictionary();
    }

    /// <summary>Opens the mirror of an auditor; null when there is no way to it.</summary>
    public RemoteLog? Open(NodeId auditor, long size) => setting.Channels.Get(auditor).TryGet(out var channel, out _)
        ? new RemoteLog(channel, identity.Origin, size, setting.PushMax)
        : null;

    private async Task<PeerWord> AskAsync(NodeId peer, CancellationToken ct)
    {
        if (!setting.Channels.Get(peer).TryGet(out var channel, out _))
        {
            return PeerWord.None;
        }

        // The newest that it knows, and all that it has kept: one that proves nothing may stand before one that does.
        var one = new GetCheckpointRequest { Origin = identity.Origin };
        var newest = await channel.CallLogAsync(
            token => channel.Log.GetCheckpointAsync(one, cancellationToken: token), setting.PushMax, ct);
        var all = new GetSeenCheckpointsRequest { Origin = identity.Origin };
        var seen = await channel.CallLogAsync(
            token => channel.Log.GetSeenCheckpointsAsync(all, cancellationToken: token), setting.PushMax, ct);
        var notes = new List<ReadOnlyMemory<byte>>();
        if (newest.TryGet(out var checkpoint, out var refusal))
        {
            notes.Add(checkpoint.Checkpoint.Memory);
        }
        else if (refusal.Code != RefusalCode.LogUnknown)
        {
            return PeerWord.None;
        }

        if (seen.TryGet(out var kept, out refusal))
        {
            notes.AddRange(kept.Checkpoints.Take(ServeLog.SeenMax).Select(note => note.Memory));
        }
        else if (refusal.Code != RefusalCode.LogUnknown)
        {
            return PeerWord.None;
        }

        var word = PeerWord.Nothing;
        foreach (var note in notes)
        {
            var said = await JudgeAsync(peer, note, ct);
            word = said > word ? said : word;
        }

        return word;
    }

    private async Task<PeerWord> JudgeAsync(NodeId peer, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        if ((await watch.JudgeAsync(note, ct)).TryGet(out _, out var refusal))
        {
            return PeerWord.Agrees;
        }

        if (refusal.Code == RefusalCode.LogKeyMisused && await IsProvenAsync(note, ct))
        {
            refusal = new Refusal(RefusalCode.LogRolledBack, refusal.Message, localDetail: refusal.LocalDetail);
        }

        switch (refusal.Code)
        {
            case RefusalCode.LogRolledBack:
                NodeLog.RolledBack(setting.Log, peer, refusal.LocalDetail);
                return PeerWord.Differs;
            case RefusalCode.SplitView:
                NodeLog.SeenOtherwise(setting.Log, peer, refusal.Code, refusal.LocalDetail);
                return PeerWord.Differs;
            case RefusalCode.LogKeyMisused:
                board.NoteKeyMisused();
                break;
        }

        NodeLog.SeenOtherwise(setting.Log, peer, refusal.Code, refusal.LocalDetail);
        return PeerWord.Nothing;
    }

    private async Task<bool> IsProvenAsync(ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        var size = SignedNote.Parse(note.Span).Then(parsed => Checkpoint.Parse(parsed.Text)).Value.Size;  // was judged
        foreach (var auditor in Auditors())
        {
            if (Open(auditor, size) is { } mirror && await watch.TryProveAsync(note, mirror, ct))
            {
                return true;
            }
        }

        return false;
    }
}
