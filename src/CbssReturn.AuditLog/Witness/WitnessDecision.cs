using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Whether a witness may cosign. Pure: what is stored is an argument, and what to store is in the answer.
/// </summary>
/// <remarks>
/// The checks and their order are those of c2sp.org/tlog-witness: 404 an unknown log, 403 not signed by it, 400 a size
/// that goes back, 409 another size or another root than what is stored, 422 a proof that does not join them, 200.
/// So a witness never cosigns two roots for one size and never a smaller size after a larger
/// (docs/spec/audit-log.md, section 6).
/// </remarks>
public static class WitnessDecision
{
    /// <summary>Answers bytes that <see cref="AddCheckpointRequest.Parse"/> has refused: 400.</summary>
    /// <param name="refusal">Why they cannot be read.</param>
    public static WitnessAnswer Malformed(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new WitnessAnswer(WitnessAnswer.StatusBadRequest, refusal, null, isContradiction: false);
    }

    /// <summary>Decides a request.</summary>
    /// <param name="request">The request; the origin of its checkpoint says which head is stored.</param>
    /// <param name="logs">The keys of the logs that this witness serves; one origin may have several.</param>
    /// <param name="stored">The newest head that was cosigned for this origin; null for none.</param>
    /// <exception cref="ArgumentException">A key of a witness stands for a log.</exception>
    public static WitnessAnswer Decide(
        AddCheckpointRequest request, IReadOnlyCollection<VerifierKey> logs, WitnessedHead? stored)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(logs);
        var next = request.Checkpoint;
        VerifierKey[] keys = [.. logs.Where(log => log.Name == next.Origin)];
        if (keys.Length == 0)
        {
            return Refuse(WitnessAnswer.StatusNotFound, RefusalCode.LogUnknown, "This log is unknown here.");
        }

        if (keys.Any(key => key.Type != NoteKeyType.Ed25519))
        {
            throw new ArgumentException("This is not the key of a log.", nameof(logs));
        }

        if (!request.Note.Open(keys).TryGet(out _, out var refusal))
        {
            return new WitnessAnswer(WitnessAnswer.StatusForbidden, refusal, stored, isContradiction: false);
        }

        return DecideSigned(request, stored);
    }

    private static WitnessAnswer DecideSigned(AddCheckpointRequest request, WitnessedHead? stored)
    {
        var next = request.Checkpoint;
        if (request.OldSize > next.Size)
        {
            return Refuse(
                WitnessAnswer.StatusBadRequest, RefusalCode.ProofMalformed, "The old size is above the new one.");
        }

        // Nothing cosigned is the same as the empty tree cosigned: both are the start of every tree.
        var (size, root) = stored is null ? (0, LogHash.Empty) : (stored.Size, stored.Root);
        var isContradiction = stored is not null && next.Size == size && next.Root != root;
        if (request.OldSize != size)
        {
            return Refuse(
                WitnessAnswer.StatusConflict,
                RefusalCode.LogSizeDiffers,
                "This witness has cosigned another size.",
                stored,
                isContradiction);
        }

        if (next.Size == size && next.Root != root)
        {
            return Refuse(
                WitnessAnswer.StatusConflict,
                RefusalCode.SplitView,
                "This witness has cosigned another root for this size.",
                stored,
                isContradiction);
        }

        return ConsistencyProof.Verify(size, next.Size, root, next.Root, request.Proof).TryGet(out _, out var refusal)
            ? new WitnessAnswer(next, stored)
            : new WitnessAnswer(WitnessAnswer.StatusUnprocessable, refusal, stored, isContradiction: false);
    }

    private static WitnessAnswer Refuse(
        int status, RefusalCode code, string message, WitnessedHead? stored = null, bool isContradiction = false) =>
        new(status, new Refusal(code, message), stored, isContradiction);
}
