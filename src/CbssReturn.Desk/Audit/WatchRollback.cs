using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds what others have seen of this node's log against what the node knows (docs/spec/audit-log.md,
/// section 11). Size and root are recorded before a checkpoint is signed, so a larger one that bears the log's own
/// signature comes from a node that was put back to an older state, or from a thief of the key.</summary>
/// <remarks>The signature alone does not tell which: whoever stole the key would stop the node for ever with one note
/// over 2^62 entries. So a claim to be ahead comes with a proof that it was published: the cosignature of a witness,
/// who has seen how the tree leads there, or the entries themselves.</remarks>
public sealed class WatchRollback(NodeContext node, LogIdentity log)
{
    /// <summary>Reads whether checkpoints may be signed. What stopped an earlier generation of the log does not stop
    /// this one.</summary>
    public async Task<AuditLogState> GetStateAsync(CancellationToken ct)
    {
        var state = await node.Audit.GetAuditLogStateAsync(ct);
        if (state != AuditLogState.Signing && (await node.Audit.GetSeenAsync(log.Origin, ct)).Count == 0)
        {
            await node.Audit.SetAuditLogStateAsync(AuditLogState.Signing, ct);
            return AuditLogState.Signing;
        }

        return state;
    }

    /// <summary>Reads whether anything was ever recorded to be signed: nobody can have seen more of a log that has
    /// just begun.</summary>
    public async Task<bool> HasBegunAsync(CancellationToken ct) =>
        await node.Audit.GetNewestCheckpointAsync(isSigned: false, ct) is not null;

    /// <summary>Judges a checkpoint of the own log that somebody else holds. One that proves a rollback or a fork is
    /// kept, and the node signs nothing from then on.</summary>
    /// <param name="note">The signed note as it was given.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>
    /// The checkpoint, when the own log agrees with it; or a refusal as from <see cref="CheckpointReader"/> when it is
    /// not of this log and proves nothing, <see cref="RefusalCode.LogRolledBack"/> when it is ahead of everything that
    /// this node has recorded and a witness of the directory in force has cosigned it,
    /// <see cref="RefusalCode.LogKeyMisused"/> when it is ahead and nothing proves that it was published,
    /// <see cref="RefusalCode.SplitView"/> when this node's tree has another root at that size.
    /// </returns>
    public Task<Result<Checkpoint>> JudgeAsync(ReadOnlyMemory<byte> note, CancellationToken ct) =>
        JudgeAsync(note, isOwn: false, ct);

    /// <summary>Judges the checkpoint in the node's own export, where nobody else writes.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>As <see cref="JudgeAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, but never
    /// <see cref="RefusalCode.LogKeyMisused"/>.</returns>
    public Task<Result<Checkpoint>> JudgeExportAsync(ReadOnlyMemory<byte> note, CancellationToken ct) =>
        JudgeAsync(note, isOwn: true, ct);

    /// <summary>Tries to prove a claim to be ahead by the entries that an auditor holds. One that is proven is kept,
    /// and the node signs nothing from then on.</summary>
    /// <param name="note">The signed note that <see cref="JudgeAsync(ReadOnlyMemory{byte}, CancellationToken)"/> did
    /// not believe.</param>
    /// <param name="mirror">The mirror; nothing of it is believed.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether the entries lead from the own tree to the root of the note.</returns>
    public async Task<bool> TryProveAsync(ReadOnlyMemory<byte> note, ITileSource mirror, CancellationToken ct)
    {
        if (!Read(note).TryGet(out var claim, out _)
            || !(await LostEntries.ReadAsync(node.Audit, mirror, claim.Checkpoint, ct)).TryGet(out var lost, out _)
            || !(await RightEdge.LoadAsync(node.Audit.Tiles, lost.CommonSize, ct)).TryGet(out var edge, out _))
        {
            return false;
        }

        foreach (var entry in lost.Entries)
        {
            edge.Append(LogHash.Leaf(entry.Span));
        }

        if (edge.Root() != claim.Checkpoint.Root)
        {
            return false;
        }

        await StopAsync(claim, AuditLogState.RolledBack, ct);
        return true;
    }

    /// <summary>Lets the node sign although it was stopped, because a person says that he knows why.</summary>
    public Task OverrideAsync(CancellationToken ct) =>
        node.Audit.SetAuditLogStateAsync(AuditLogState.Signing, ct);

    /// <summary>The largest checkpoint of the own log that was found to be ahead; null for none.</summary>
    internal async Task<VerifiedCheckpoint?> FindTargetAsync(CancellationToken ct) =>
        await node.Audit.GetSeenAsync(log.Origin, ct) is [var seen, ..]
        && Read(seen.Note).TryGet(out var verified, out _)
            ? verified
            : null;

    private async Task<Result<Checkpoint>> JudgeAsync(ReadOnlyMemory<byte> note, bool isOwn, CancellationToken ct)
    {
        if (!Read(note).TryGet(out var verified, out var refusal))
        {
            return refusal;
        }

        var shown = verified.Checkpoint;
        var recorded = (await node.Audit.GetNewestCheckpointAsync(isSigned: false, ct))?.Size ?? 0;
        if (shown.Size <= recorded)
        {
            return await CompareAsync(verified, ct);
        }

        var detail = FormattableString.Invariant($"seen {shown.Size}, recorded {recorded}");
        if (!isOwn && verified.Cosignatures.Count == 0)
        {
            return new Refusal(
                RefusalCode.LogKeyMisused,
                "A checkpoint of this node's audit log is shown that it has not published, and nothing proves it.",
                localDetail: detail);
        }

        await StopAsync(verified, AuditLogState.RolledBack, ct);
        return new Refusal(
            RefusalCode.LogRolledBack,
            "Others have seen more of this node's audit log than the node itself knows: it was put back.",
            localDetail: detail);
    }

    private async Task<Result<Checkpoint>> CompareAsync(VerifiedCheckpoint verified, CancellationToken ct)
    {
        var shown = verified.Checkpoint;
        if (!(await RightEdge.LoadAsync(node.Audit.Tiles, shown.Size, ct)).TryGet(out var edge, out var refusal))
        {
            return refusal;
        }

        if (edge.Root() == shown.Root)
        {
            return shown;
        }

        await StopAsync(verified, AuditLogState.Forked, ct);
        return new Refusal(
            RefusalCode.SplitView,
            "Others have seen another audit log of this node than its own.",
            localDetail: FormattableString.Invariant($"size {shown.Size}"));
    }

    // A cosignature that does not verify spoils nothing but itself: anybody can write one under a note.
    private Result<VerifiedCheckpoint> Read(ReadOnlyMemory<byte> note)
    {
        var read = CheckpointReader.Read(note.Span, log.Key, node.WitnessKeys(), 0);
        return read.IsOk ? read : CheckpointReader.Read(note.Span, log.Key, [], 0);
    }

    // First what was seen, then the state that it leads to: cut off in between, it is found again. A fork stays one.
    private async Task StopAsync(VerifiedCheckpoint seen, AuditLogState state, CancellationToken ct)
    {
        // The log's own signature is what proves it, so the note is never too large.
        var note = SignedNote.Create(
            seen.Note.Text, seen.Note.Signatures.First(signature => signature.IsOf(log.Key)));
        await node.Audit.StoreSeenAsync(
            new SeenCheckpoint(
                log.Origin,
                seen.Checkpoint.Size,
                seen.Checkpoint.Root,
                note.ToBytes(),
                IsEvidence: state == AuditLogState.Forked),
            ct);
        if (await node.Audit.GetAuditLogStateAsync(ct) != AuditLogState.Forked)
        {
            await node.Audit.SetAuditLogStateAsync(state, ct);
        }
    }
}
