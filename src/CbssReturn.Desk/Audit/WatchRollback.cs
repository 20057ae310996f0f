using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds what others have seen of this node's log against what the node knows. Size and root are recorded
/// before a checkpoint is signed, so a larger one that bears the log's own signature proves that the node was put back
/// to an older state (docs/spec/audit-log.md, section 11).</summary>
public sealed class WatchRollback(NodeContext node, LogIdentity log)
{
    /// <summary>Says whether the node is known to be rolled back.</summary>
    public async Task<bool> IsRolledBackAsync(CancellationToken ct) =>
        await node.Audit.GetAuditLogStateAsync(ct) == AuditLogState.RolledBack;

    /// <summary>Judges a checkpoint of the own log that somebody else holds. One that proves a rollback is kept, and
    /// the node signs nothing from then on.</summary>
    /// <param name="note">The signed note as it was given.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>
    /// The checkpoint, when the own log agrees with it; or a refusal as from <see cref="CheckpointReader"/> when it is
    /// not of this log and proves nothing, <see cref="RefusalCode.LogRolledBack"/> when it is ahead of everything that
    /// this node has recorded, <see cref="RefusalCode.SplitView"/> when this node's tree has another root at that size.
    /// </returns>
    public async Task<Result<Checkpoint>> JudgeAsync(ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        if (!CheckpointReader.Read(note.Span, log.Key, [], 0).TryGet(out var verified, out var refusal))
        {
            return refusal;
        }

        var shown = verified.Checkpoint;
        var recorded = await node.Audit.GetNewestCheckpointAsync(isSigned: false, ct);
        if (shown.Size > (recorded?.Size ?? 0))
        {
            await node.Audit.SetAuditLogStateAsync(AuditLogState.RolledBack, ct);
            await KeepAsync(verified, ct);
            return new Refusal(
                RefusalCode.LogRolledBack,
                "Others have seen more of this node's audit log than the node itself knows: it was put back.",
                localDetail: FormattableString.Invariant($"seen {shown.Size}, recorded {recorded?.Size ?? 0}"));
        }

        var own = await RightEdge.LoadAsync(node.Audit.Tiles, shown.Size, ct);
        return own.Then<Checkpoint>(edge => edge.Root() == shown.Root
            ? shown
            : new Refusal(
                RefusalCode.SplitView,
                "Others have seen another audit log of this node than its own.",
                localDetail: FormattableString.Invariant($"size {shown.Size}")));
    }

    /// <summary>The largest checkpoint of the own log that was found to be ahead; null for none.</summary>
    internal async Task<VerifiedCheckpoint?> FindTargetAsync(CancellationToken ct) =>
        await node.Audit.GetSeenAsync(log.Origin, ct) is [var seen, ..]
        && CheckpointReader.Read(seen.Note.Span, log.Key, [], 0).TryGet(out var verified, out _)
            ? verified
            : null;

    private Task<SeenOutcome> KeepAsync(VerifiedCheckpoint ahead, CancellationToken ct)
    {
        // Without cosignatures the note is never too large, and the log's own signature is what proves it.
        var note = SignedNote.Create(
            ahead.Note.Text, ahead.Note.Signatures.First(signature => signature.IsOf(log.Key)));
        return node.Audit.StoreSeenAsync(
            new SeenCheckpoint(log.Origin, ahead.Checkpoint.Size, ahead.Checkpoint.Root, note.ToBytes()), ct);
    }
}
