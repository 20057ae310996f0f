using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Cosigns the checkpoints of the logs in the directory (c2sp.org/tlog-witness, docs/spec/audit-log.md,
/// section 6). The decision is <see cref="WitnessDecision"/>; what is cosigned is stored before the signature
/// exists.</summary>
public sealed class WitnessLogs(NodeContext node, LogIdentity log)
{
    // Whoever loses the race to store decides again with what was stored meanwhile.
    private const int RoundsMax = 8;

    // Whether others are still asked what this witness has cosigned; written by one worker, read by every call.
    private volatile bool _isAsking;

    /// <summary>Whether nothing is cosigned for now, because the witness asks others first whether it has forgotten
    /// something: it may have been restored from an old copy.</summary>
    public bool IsAsking
    {
        get => _isAsking;
        set => _isAsking = value;
    }

    /// <summary>Decides a request and, when it may, cosigns.</summary>
    /// <param name="body">Body of add-checkpoint.</param>
    /// <param name="ct">Honoured until the store has accepted the new head.</param>
    /// <returns>The answer; or a refusal with <see cref="RefusalCode.LogBusy"/> when others were faster again and
    /// again or while <see cref="IsAsking"/>, or <see cref="RefusalCode.RoleMayNot"/> when this node is no
    /// witness.</returns>
    public async Task<Result<WitnessReply>> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (log.WitnessKey is null)
        {
            return new Refusal(RefusalCode.RoleMayNot, "This node is no witness.");
        }

        if (IsAsking)
        {
            return new Refusal(RefusalCode.LogBusy, "The witness has just started; repeat later.");
        }

        if (!Parse(body).TryGet(out var request, out var refusal))
        {
            return ReplyOf(WitnessDecision.Malformed(refusal));
        }

        // One that the directory does not know never reaches the store.
        var origin = request.Checkpoint.Origin;
        VerifierKey[] keys = node.Directory.Now.TryFindLog(origin, out var owner) ? [owner.Log!.LogKey] : [];
        await LearnAsync(request.Note.ToBytes(), ct);
        for (var round = 0; round < RoundsMax; round++)
        {
            var stored = keys.Length == 0 ? null : await node.Audit.GetWitnessedAsync(origin, ct);
            var head = stored is null ? null : new WitnessedHead(stored.Size, stored.Root);
            var answer = WitnessDecision.Decide(request, keys, head);
            if (answer.Next is not { } next)
            {
                if (answer.IsContradiction && stored is not null)
                {
                    var other = new SeenCheckpoint(origin, stored.Size, stored.Root, stored.Note, IsEvidence: true);
                    await node.KeepContradictionAsync(request.Checkpoint, request.Note.ToBytes(), other, ct);
                }

                return ReplyOf(answer);
            }

            // What it holds as an auditor counts as well.
            if (await node.FindContradictedAsync(request.Checkpoint, ct) is { } contradicted)
            {
                await node.KeepContradictionAsync(
                    request.Checkpoint, request.Note.ToBytes(), contradicted, ct);
                return Contradicted(head?.Size ?? 0);
            }

            var newest = new WitnessedLog(origin, next.Size, next.Root, request.Note.ToBytes());
            if (await node.Audit.CompareAndStoreWitnessedAsync(
                answer.Expected is { } expected ? (expected.Size, expected.Root) : null, newest, ct))
            {
                var line = log.Cosign(answer, node.Now);
                await KeepCosignedAsync(newest, request.Note, line, ct);
                return new WitnessReply(answer.Status, Encoding.UTF8.GetBytes(line.ToLine()), null);
            }
        }

        return new Refusal(RefusalCode.LogBusy, "Others asked about this log at the same time; repeat later.");
    }

    /// <summary>Looks at a note that somebody holds: when it bears this witness's own cosignature over more than it
    /// remembers, the witness was restored from an old copy, and remembers again.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="ct">Honoured until the store has accepted it.</param>
    /// <returns>Whether something was learned.</returns>
    public async Task<bool> LearnAsync(ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        if (log.WitnessKey is not { } self
            || note.Length > AuditCheckpointRow.NoteSizeBytesMax
            || !SignedNote.Parse(note.Span).TryGet(out var parsed, out _)
            || !parsed.Signatures.Any(line => line.IsOf(self))
            || !Checkpoint.Parse(parsed.Text).TryGet(out var named, out _)
            || !node.Directory.Now.TryFindLog(named.Origin, out var owner)
            || !CheckpointReader.Read(note.Span, owner.Log!.LogKey, [self], 1).TryGet(out var verified, out _))
        {
            return false;
        }

        var shown = verified.Checkpoint;
        for (var round = 0; round < RoundsMax; round++)
        {
            var stored = await node.Audit.GetWitnessedAsync(shown.Origin, ct);
            if (stored?.Size == shown.Size && stored.Root != shown.Root)
            {
                // This witness has cosigned both, before and after it was restored. Others are told by its evidence.
                var other = new SeenCheckpoint(stored.Origin, stored.Size, stored.Root, stored.Note, IsEvidence: true);
                await node.KeepContradictionAsync(shown, note, other, ct);
            }

            if (stored?.Size >= shown.Size)
            {
                return false;
            }

            var newest = new WitnessedLog(shown.Origin, shown.Size, shown.Root, verified.Note.ToBytes());
            if (await node.Audit.CompareAndStoreWitnessedAsync(
                stored is null ? null : (stored.Size, stored.Root), newest, ct))
            {
                return true;
            }
        }

        return false;
    }

    // With its own cosignature the note proves to the log that it was published, and to this witness, once it was
    // restored, what it has cosigned. Another request may have replaced it meanwhile; then that one is kept.
    private async Task KeepCosignedAsync(
        WitnessedLog newest, SignedNote note, NoteSignature line, CancellationToken ct)
    {
        if (note.With([line]).TryGet(out var cosigned, out _)
            && cosigned.ToBytes() is { Length: <= AuditCheckpointRow.NoteSizeBytesMax } bytes)
        {
            await node.Audit.CompareAndStoreWitnessedAsync(
                (newest.Size, newest.Root), newest with { Note = bytes }, ct);
        }
    }

    private static WitnessReply Contradicted(long held) => new(
        WitnessAnswer.StatusConflict,
        Encoding.ASCII.GetBytes(FormattableString.Invariant($"{held}\n")),
        new Refusal(RefusalCode.SplitView, "This node holds another tree of this log."));

    private static Result<AddCheckpointRequest> Parse(ReadOnlyMemory<byte> body) =>
        AddCheckpointRequest.Parse(body.Span).Then(request =>
            request.Note.ToBytes().Length <= AuditCheckpointRow.NoteSizeBytesMax
                ? (Result<AddCheckpointRequest>)request
                : new Refusal(RefusalCode.NoteMalformed, "The note is larger than a witness keeps."));

    private static WitnessReply ReplyOf(WitnessAnswer answer) =>
        new(answer.Status, answer.RefusedBody(), answer.Refusal);
}
