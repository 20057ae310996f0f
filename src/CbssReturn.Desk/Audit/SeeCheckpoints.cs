using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Takes in the checkpoint that a call carried, and keeps two that contradict each other
/// (docs/spec/audit-log.md, section 10).</summary>
public sealed class SeeCheckpoints(NodeContext node, WitnessLogs witness)
{
    /// <summary>Takes one in.</summary>
    /// <param name="caller">Who called: the checkpoint is of its own log.</param>
    /// <param name="note">The signed note, at most 16 KiB.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>What became of it; or a refusal with <see cref="RefusalCode.LogUnknown"/> for a caller without a log,
    /// or as from <see cref="CheckpointReader"/>.</returns>
    public async Task<Result<SeenOutcome>> TakeAsync(NodeId caller, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        if (!node.Directory.Now.TryFind(caller, out var peer) || peer.Log is not { } log)
        {
            return new Refusal(RefusalCode.LogUnknown, "The caller has no log in the directory.");
        }

        if (note.Length > AuditCheckpointRow.NoteSizeBytesMax)
        {
            return new Refusal(RefusalCode.NoteMalformed, "The note is larger than is kept.");
        }

        if (!CheckpointReader.Read(note.Span, log.LogKey, [], 0).TryGet(out var verified, out var refusal))
        {
            return refusal;
        }

        await witness.LearnAsync(note, ct);
        var shown = verified.Checkpoint;
        if (await node.FindContradictedAsync(shown, ct) is { } contradicted)
        {
            await node.KeepContradictionAsync(shown, note, contradicted, ct);
            return SeenOutcome.Contradiction;
        }

        return await node.Audit.StoreSeenAsync(
            new SeenCheckpoint(shown.Origin, shown.Size, shown.Root, note), ct);
    }
}
