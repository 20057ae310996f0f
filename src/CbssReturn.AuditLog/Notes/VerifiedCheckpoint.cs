namespace CbssReturn.AuditLog;

/// <summary>A checkpoint that its log has signed and enough witnesses have cosigned. Only <see
/// cref="CheckpointReader"/> makes one.</summary>
public sealed record VerifiedCheckpoint
{
    internal VerifiedCheckpoint(
        Checkpoint checkpoint, SignedNote note, VerifierKey log, IReadOnlyList<VerifiedSignature> cosignatures) =>
        (Checkpoint, Note, Log, Cosignatures) = (checkpoint, note, log, cosignatures);

    /// <summary>What the log says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The note as it was read, with every line, also of unknown keys: this is the evidence to keep.</summary>
    public SignedNote Note { get; }

    /// <summary>The key with which the log has signed.</summary>
    public VerifierKey Log { get; }

    /// <summary>The cosignatures that verify, one a witness, of its several the newest; may be empty.</summary>
    public IReadOnlyList<VerifiedSignature> Cosignatures { get; }

    /// <summary>Finds the latest moment from which on the cosignatures that are not older meet a policy: of a quorum of
    /// k the k-th newest. So no single witness can make an old checkpoint look fresh.</summary>
    /// <param name="policy">Who must have cosigned, and how many.</param>
    /// <returns>The moment, as the witnesses say it; null when there are not enough, or none is asked for.</returns>
    public DateTimeOffset? WitnessedAt(WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.IsMetBy([]))
        {
            return null;
        }

        List<VerifierKey> cosigners = [];
        foreach (var cosignature in Cosignatures.OrderByDescending(cosignature => cosignature.At))
        {
            cosigners.Add(cosignature.Key);
            if (policy.IsMetBy(cosigners))
            {
                return cosignature.At;
            }
        }

        return null;
    }
}
