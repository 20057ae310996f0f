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

    /// <summary>When a witness last cosigned it; null when none has.</summary>
    public DateTimeOffset? NewestCosignatureAt => Cosignatures.Max(cosignature => cosignature.At);
}
