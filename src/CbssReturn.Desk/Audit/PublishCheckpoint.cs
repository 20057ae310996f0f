using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Signs the checkpoint that ends an interval (docs/spec/audit-log.md, section 8).</summary>
/// <remarks>
/// The order is what keeps two roots for one size from ever being signed: everything that waits goes into the tree,
/// pads fill it up, size and root are recorded, and only then a signature exists. Cut off anywhere, the next run signs
/// either what was recorded or something larger.
/// </remarks>
public sealed class PublishCheckpoint(NodeContext node, AuditSequencer sequencer, LogIdentity log)
{
    /// <summary>Publishes.</summary>
    /// <param name="boundary">End of the interval, UTC, a full second.</param>
    /// <param name="ct">Honoured until the checkpoint is recorded.</param>
    /// <returns>The checkpoint, stored; or a refusal as from <see cref="AuditSequencer.CloseIntervalAsync"/>, such as
    /// <see cref="RefusalCode.LogRolledBack"/> when nothing may be signed.</returns>
    public async Task<Result<SignedCheckpoint>> PublishAsync(DateTimeOffset boundary, CancellationToken ct)
    {
        // One whose signing failed is signed first, so that only the newest is ever without a note.
        if (await node.Audit.GetAuditLogStateAsync(ct) == AuditLogState.Signing)
        {
            await FinishAsync(ct);
        }

        return (await sequencer.CloseIntervalAsync(boundary, ct)).TryGet(out var recorded, out var refusal)
            ? await SignAsync(recorded)
            : refusal;
    }

    /// <summary>Finishes what a crash cut off: a checkpoint that was recorded and not signed is signed as it was
    /// recorded.</summary>
    /// <returns>The newest checkpoint; null when there has been none.</returns>
    public async Task<SignedCheckpoint?> FinishAsync(CancellationToken ct)
    {
        var newest = await node.Audit.GetNewestCheckpointAsync(isSigned: false, ct);
        if (newest is null)
        {
            return null;
        }

        // What an earlier generation of the log has signed, this one has not.
        var checkpoint = new Checkpoint(log.Origin, newest.Size, newest.Root);
        return newest.Note is { } bytes && SignedNote.Parse(bytes.Span).Value is var note
            && note.Text == checkpoint.ToText()
                ? new SignedCheckpoint(checkpoint, note, newest.At)
                : await SignAsync(newest);
    }

    private async Task<SignedCheckpoint> SignAsync(AuditCheckpointRow recorded)
    {
        var checkpoint = new Checkpoint(log.Origin, recorded.Size, recorded.Root);
        var note = log.Sign(checkpoint);

        // From here on the signature exists, so what is asked of the store is not called off.
        await node.Audit.StoreNoteAsync(recorded.Size, note.ToBytes(), CancellationToken.None);
        return new SignedCheckpoint(checkpoint, note, recorded.At);
    }
}
