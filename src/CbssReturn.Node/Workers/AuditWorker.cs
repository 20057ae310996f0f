using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;
using CbssReturn.Node.Peers;
using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>Keeps this node's audit log: moves what was noted into the tree, publishes, exports, pushes outward, and
/// listens to what others carry. Each at its own pace, and none of it is waited for by anybody who works on a
/// case.</summary>
internal sealed class AuditWorker
{
    private readonly AuditServices _audit;
    private readonly AuditBoard _board;
    private readonly CheckpointHeader _header;
    private readonly NewestCheckpoint _toExport = new();
    private readonly NewestCheckpoint _toPush = new();
    private readonly SequencerLoop _sequencer;
    private readonly CheckpointPublisher _publisher;
    private readonly ExportLoop _export;
    private readonly PushLoop _push;
    private readonly GossipLoop _gossip;
    private readonly WitnessRecall _recall;
    private readonly SequenceLoop _sequences;

    /// <summary>Makes the worker; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="audit">The use cases.</param>
    /// <param name="store">The log.</param>
    /// <param name="setting">What pushing works with.</param>
    /// <param name="export">The static form.</param>
    /// <param name="interval">Between two checkpoints; whole seconds.</param>
    /// <param name="signsUnasked">Whether a person has said that the node was not restored.</param>
    /// <param name="header">What every call carries.</param>
    /// <param name="inbox">What calls of others carried.</param>
    /// <param name="board">Told how the log stands.</param>
    public AuditWorker(
        AuditServices audit,
        IAuditStore store,
        PusherSetting setting,
        LogExport export,
        TimeSpan interval,
        bool signsUnasked,
        CheckpointHeader header,
        CheckpointInbox inbox,
        AuditBoard board)
    {
        (_audit, _board, _header) = (audit, board, header);
        var (time, log) = (setting.Time, setting.Log);
        var mayAppend = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rollback = new RollbackWatch(
            setting, audit.Identity, audit.Watch, audit.Recover, audit.Cosign, export, board);
        _sequencer = new SequencerLoop(audit.Sequencer, store, mayAppend.Task, time, log);
        _publisher = new CheckpointPublisher(
            audit, rollback, board, signsUnasked, interval, OnPublished, mayAppend, time, log);
        _export = new ExportLoop(export, store.Tiles, audit.Identity, audit.Cosign, _toExport, time, log);
        _push = new PushLoop(
            setting,
            _toPush,
            new AuditorPush(setting, store.Tiles, audit.Identity, board),
            new WitnessPush(setting, audit.Cosign, audit.Witness),
            audit.Cosign,
            board,
            OnCosigned,
            rollback.AskAsync);
        _gossip = new GossipLoop(inbox, audit.See, time, log);
        _recall = new WitnessRecall(setting, audit.Witness);
        _sequences = new SequenceLoop(setting, audit.Sequences);

        // Before the first request can come.
        audit.Witness.IsAsking = audit.Identity.WitnessKey is not null;
    }

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        _audit.Sequencer.MovesAtOnce ? _sequencer.RunAsync(stopping) : Task.CompletedTask,
        _publisher.RunAsync(stopping),
        _export.RunAsync(stopping),
        _push.RunAsync(stopping),
        _gossip.RunAsync(stopping),
        _recall.RunAsync(stopping),
        _sequences.RunAsync(stopping));

    private void OnPublished(SignedCheckpoint checkpoint)
    {
        _board.NotePublished(checkpoint, _audit.Cosign.CountWitnesses(checkpoint), _audit.Cosign.Witnesses.Count);
        _header.Set(checkpoint.Note);
        _toExport.Put(checkpoint);
        _toPush.Put(checkpoint);
    }

    private void OnCosigned(SignedCheckpoint checkpoint)
    {
        // A newer one may have been published meanwhile.
        if (_board.Now.Newest?.Size == checkpoint.Size)
        {
            _header.Set(checkpoint.Note);
            _toExport.Put(checkpoint);
        }
    }
}
