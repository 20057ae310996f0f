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
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfNegative(quorum);
        return Read(note, [log], witnesses).Then<VerifiedCheckpoint>(verified =>
            CountWitnesses(verified) >= quorum
                ? verified
                : new Refusal(
                    RefusalCode.QuorumMissing,
                    $"{CountWitnesses(verified)} witnesses have cosigned the checkpoint, and {quorum} must."));
    }

    /// <summary>Reads a checkpoint of any log that a policy names.</summary>
    /// <param name="note">The whole note.</param>
    /// <param name="policy">Which logs and witnesses are trusted, and which of them must agree.</param>
    /// <returns>As the other form; <see cref="VerifiedCheckpoint.Log"/> says which log it is.</returns>
    public static Result<VerifiedCheckpoint> Read(ReadOnlySpan<byte> note, WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        VerifierKey[] logs = [.. policy.Logs.Select(log => log.Key)];
        VerifierKey[] witnesses = [.. policy.Witnesses.Select(witness => witness.Key)];
        return Read(note, logs, witnesses).Then<VerifiedCheckpoint>(verified =>
            policy.IsMetBy(verified.Cosignatures.Select(cosignature => cosignature.Key))
                ? verified
                : new Refusal(RefusalCode.QuorumMissing, "Too few witnesses of the policy have cosigned."));
    }

    private static Result<VerifiedCheckpoint> Read(
        ReadOnlySpan<byte> note, IReadOnlyCollection<VerifierKey> logs, IReadOnlyCollection<VerifierKey> witnesses)
    {
        CheckKeys(logs, witnesses);
        return SignedNote.Parse(note)
            .Then(parsed => parsed.Open(logs.Concat(witnesses)))
            .Then(Take);
    }

    private static Result<VerifiedCheckpoint> Take(VerifiedNote opened)
    {
        var logs = opened.Signatures.Where(signature => signature.Key.Type == NoteKeyType.Ed25519).ToArray();
        if (logs.Length == 0)
        {
            return new Refusal(RefusalCode.NoteSignatureWrong, "No log that is known here has signed the checkpoint.");
        }

        return Checkpoint.Parse(opened.Note.Text).Then<VerifiedCheckpoint>(checkpoint =>
            Array.Find(logs, log => log.Key.Name == checkpoint.Origin) is { } log
                ? new VerifiedCheckpoint(
                    checkpoint,
                    opened.Note,
                    log.Key,
                    [.. opened.Signatures.Where(signature => signature.Key.Type == NoteKeyType.CosignatureV1)])
                : new Refusal(RefusalCode.OriginWrong, $"The checkpoint is not of {logs[0].Key.Name}."));
    }

    // One public key is one witness, however many names it bears.
    private static int CountWitnesses(VerifiedCheckpoint verified) =>
        verified.Cosignatures.DistinctBy(cosignature => cosignature.Key.Key.Kid).Count();

    private static void CheckKeys(IReadOnlyCollection<VerifierKey> logs, IReadOnlyCollection<VerifierKey> witnesses)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        if (logs.Any(log => log.Type != NoteKeyType.Ed25519))
        {
            throw new ArgumentException("This is not the key of a log.", nameof(logs));
        }

        if (witnesses.Any(witness => witness.Type != NoteKeyType.CosignatureV1))
        {
            throw new ArgumentException("This is not the key of a witness.", nameof(witnesses));
        }
    }
}
