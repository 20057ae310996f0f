using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Reads a signed checkpoint as somebody who trusts nobody but the keys that he names.</summary>
public static class CheckpointReader
{
    /// <summary>Reads a checkpoint of one log and counts its witnesses.</summary>
    /// <param name="note">The whole note.</param>
    /// <param name="log">The key of the log; its name is the origin that is asked for.</param>
    /// <param name="witnesses">The keys of the witnesses that count; may be empty.</param>
    /// <param name="quorum">How many of them must have cosigned; 0 for none.</param>
    /// <returns>
    /// The checkpoint, or the first refusal of: <see cref="RefusalCode.NoteMalformed"/>; <see
    /// cref="RefusalCode.NoteSignatureWrong"/> when the log has not signed, or a signature of the log or of one of the
    /// witnesses does not verify; <see cref="RefusalCode.CheckpointMalformed"/>; <see cref="RefusalCode.OriginWrong"/>;
    /// <see cref="RefusalCode.QuorumMissing"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A key of a witness stands for a log, or the other way round.</exception>
    public static Result<VerifiedCheckpoint> Read(
        ReadOnlySpan<byte> note, VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses, int quorum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quorum);
        return Read(note, log, witnesses).Then<VerifiedCheckpoint>(verified =>
            CountWitnesses(verified) >= quorum
                ? verified
                : new Refusal(
                    RefusalCode.QuorumMissing,
                    $"{CountWitnesses(verified)} witnesses have cosigned the checkpoint, and {quorum} must."));
    }

    /// <summary>Reads a checkpoint of one log without asking how many witnesses there are.</summary>
    internal static Result<VerifiedCheckpoint> Read(
        ReadOnlySpan<byte> note, VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses)
    {
        CheckKeys(log, witnesses);
        return SignedNote.Parse(note)
            .Then(parsed => parsed.Open(witnesses.Prepend(log)))
            .Then(opened => Take(opened, log));
    }

    private static Result<VerifiedCheckpoint> Take(VerifiedNote opened, VerifierKey log)
    {
        if (!opened.Signatures.Any(signature => signature.Key == log))
        {
            return new Refusal(RefusalCode.NoteSignatureWrong, $"{log.Name} has not signed the checkpoint.");
        }

        return Checkpoint.Parse(opened.Note.Text).Then<VerifiedCheckpoint>(checkpoint =>
            checkpoint.Origin == log.Name
                ? new VerifiedCheckpoint(
                    checkpoint,
                    opened.Note,
                    [.. opened.Signatures.Where(signature => signature.Key != log)])
                : new Refusal(RefusalCode.OriginWrong, $"The checkpoint is not of {log.Name}."));
    }

    // One public key is one witness, however many names it bears.
    private static int CountWitnesses(VerifiedCheckpoint verified) =>
        verified.Cosignatures.DistinctBy(cosignature => cosignature.Key.Key.Kid).Count();

    private static void CheckKeys(VerifierKey log, IReadOnlyCollection<VerifierKey> witnesses)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(witnesses);
        if (log.Type != NoteKeyType.Ed25519)
        {
            throw new ArgumentException("This is not the key of a log.", nameof(log));
        }

        if (witnesses.Any(witness => witness.Type != NoteKeyType.CosignatureV1))
        {
            throw new ArgumentException("This is not the key of a witness.", nameof(witnesses));
        }
    }
}
