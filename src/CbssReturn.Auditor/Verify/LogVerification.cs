using CbssReturn.AuditLog;
using CbssReturn.Auditor.Sources;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Verifies a whole log: its checkpoint, its witnesses, every entry, every tile, and whether it continues an
/// earlier checkpoint (docs/spec/audit-log.md).</summary>
/// <param name="source">The log.</param>
/// <param name="policy">Whose signatures count.</param>
internal sealed class LogVerification(ILogSource source, WitnessPolicy policy)
{
    /// <summary>Verifies the log.</summary>
    /// <param name="oldNote">An earlier signed checkpoint that it must continue; null for none.</param>
    /// <param name="fromSize">Entries below are believed to be those of <paramref name="oldNote"/>, whose size this
    /// must be, and are not hashed again; 0 for none.</param>
    /// <param name="onProgress">Is told the number of entries read, every so often; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="onEntry">Is given each entry that was read, in order; null for nobody. What it is given is proved
    /// only when the verdict is good.</param>
    /// <returns>The verdict or the fault; exactly one of them.</returns>
    /// <exception cref="SourceUnreachableException">The source does not answer; that is no fault of the
    /// log.</exception>
    public async Task<(LogVerdict? Verdict, LogFault? Fault)> RunAsync(
        ReadOnlyMemory<byte>? oldNote,
        long fromSize,
        Action<long>? onProgress,
        CancellationToken cancellationToken,
        Action<LogEntry>? onEntry = null)
    {
        if (!(await source.ReadCheckpointAsync(cancellationToken)).TryGet(out var note, out var refusal))
        {
            return (null, FaultOf(refusal));
        }

        if (!CheckpointReader.Read(note.Span, policy).TryGet(out var checkpoint, out refusal))
        {
            return (null, FaultOf(
                new Refusal(refusal.Code, refusal.Message, source.PlaceOf(TileLayout.CheckpointPath)),
                null,
                (EvidenceName.Checkpoint, note)));
        }

        var edge = RightEdge.Empty();
        VerifiedCheckpoint? old = null;
        if (oldNote is { } earlier)
        {
            var (read, start, fault) = await ContinueAsync(checkpoint, earlier, fromSize, cancellationToken);
            if (fault is not null)
            {
                return (null, fault);
            }

            (old, edge) = (read, start ?? edge);
        }

        var (size, root) = (checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root);
        var (newestAt, wrong) = await NewestBelowAsync(checkpoint, edge.Size, cancellationToken);
        var census = new EntryCensus(onProgress, onEntry, newestAt);
        wrong ??= await new TreeAudit(source, edge).AdvanceAsync(size, root, census.Visit, cancellationToken);
        if (wrong is not null)
        {
            return (null, await ExplainAsync(checkpoint, wrong, cancellationToken));
        }

        if (await ErasureCheck.FindBreachAsync(source, checkpoint, census.Erasures, cancellationToken) is { } breach)
        {
            return (null, FaultOf(
                breach.Refusal, breach.Index, (EvidenceName.Checkpoint, checkpoint.Note.ToBytes())));
        }

        return (
            new LogVerdict
            {
                Checkpoint = checkpoint,
                FirstAt = census.FirstAt,
                LastAt = census.LastAt,
                Events = census.Events,
                ContinuesSize = old?.Checkpoint.Size,
            },
            null);
    }

    /// <summary>The newest moment in the last bundle of the entries that are not read again. Those before are newer by
    /// two minutes at most, which is as much as an entry may go back.</summary>
    private async Task<(DateTimeOffset? At, TreeFault? Fault)> NewestBelowAsync(
        VerifiedCheckpoint checkpoint, long fromSize, CancellationToken ct)
    {
        if (fromSize == 0)
        {
            return (null, null);
        }

        var size = checkpoint.Checkpoint.Size;
        var answers = new FirstAnswers(source);
        var index = (fromSize - 1) / TileId.HashesMax;
        if (await TreeAudit.CheckBundleAsync(answers, index, size, checkpoint.Checkpoint.Root, ct) is { } fault)
        {
            return (null, fault);
        }

        var id = TileLayout.BundleAt(size, index);
        var bundle = (await answers.ReadBundleAsync(id, ct))!.Value;  // it was just checked
        var times = EntryBundle.Parse(bundle, id.Width).Value.Take((int)(fromSize - id.FirstEntry))
            .Select(entry => LogEntry.Parse(entry.Span).TryGet(out var read, out _) ? read.At : (DateTimeOffset?)null);
        return (times.Max(), null);
    }

    private async Task<(VerifiedCheckpoint? Old, RightEdge? Edge, LogFault? Fault)> ContinueAsync(
        VerifiedCheckpoint checkpoint, ReadOnlyMemory<byte> oldNote, long fromSize, CancellationToken ct)
    {
        // That the log has signed it is enough: who cosigned it is a question of its own time.
        var signers = WitnessPolicy.Of(policy.Logs.Select(log => log.Key), [], 0);
        if (!signers.Then(logs => CheckpointReader.Read(oldNote.Span, logs)).TryGet(out var old, out var refusal))
        {
            return (null, null, FaultOf(new Refusal(refusal.Code, refusal.Message, "old-checkpoint")));
        }

        var (oldSize, newSize) = (old.Checkpoint.Size, checkpoint.Checkpoint.Size);
        if (old.Checkpoint.Origin != checkpoint.Checkpoint.Origin)
        {
            return (null, null, FaultOf(new Refusal(
                RefusalCode.OriginWrong, "The old checkpoint is of another log.", "old-checkpoint")));
        }

        if (fromSize != 0 && fromSize != oldSize)
        {
            return (null, null, FaultOf(new Refusal(
                RefusalCode.LogSizeDiffers,
                FormattableString.Invariant($"The old checkpoint is of {oldSize} entries, so only they are believed."),
                "from-size")));
        }

        if (oldSize > newSize)
        {
            return (null, null, FaultOf(
                new Refusal(
                    RefusalCode.LogRolledBack,
                    FormattableString.Invariant($"The log had {oldSize} entries and has {newSize}.")),
                newSize,
                (EvidenceName.Checkpoint, checkpoint.Note.ToBytes()),
                (EvidenceName.OtherCheckpoint, oldNote)));
        }

        var (answer, alarm) = await ForkSearch.CompareAsync(source, old, checkpoint, ct);
        if (answer == ForkAnswer.Forked)
        {
            return (null, null, new LogFault(
                new Refusal(RefusalCode.SplitView, alarm!.Text), alarm.Index, alarm.Evidence));  // Forked has an alarm
        }

        var start = fromSize == 0
            ? null
            : (await RightEdge.LoadAsync(source, fromSize, ct)).TryGet(out var edge, out _) ? edge : null;
        return answer == ForkAnswer.Continued
            ? (old, start, null)
            : (null, null, FaultOf(
                new Refusal(
                    RefusalCode.ConsistencyWrong, "The tiles do not join the old checkpoint and the new one."),
                null,
                (EvidenceName.Checkpoint, oldNote),
                (EvidenceName.OtherCheckpoint, checkpoint.Note.ToBytes())));
    }

    private async Task<LogFault> ExplainAsync(VerifiedCheckpoint checkpoint, TreeFault wrong, CancellationToken ct)
    {
        List<(string Name, ReadOnlyMemory<byte> Blob)> evidence =
            [(EvidenceName.Checkpoint, checkpoint.Note.ToBytes())];
        var size = checkpoint.Checkpoint.Size;
        if (wrong.FirstIndex < size
            && await source.ReadBundleAsync(TileLayout.BundleAt(size, wrong.FirstIndex / TileId.HashesMax), ct)
                is { } bundle)
        {
            evidence.Add((EvidenceName.Bundle, bundle));
        }

        return FaultOf(
            new Refusal(wrong.Refusal.Code, wrong.Refusal.Message, source.PlaceOf(wrong.Path)),
            wrong.FirstIndex,
            [.. evidence]);
    }

    private static LogFault FaultOf(
        Refusal refusal, long? index = null, params (string Name, ReadOnlyMemory<byte> Blob)[] evidence) =>
        new(refusal, index, evidence.ToDictionary(pair => pair.Name, pair => pair.Blob));
}
