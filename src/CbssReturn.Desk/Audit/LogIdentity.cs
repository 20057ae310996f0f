using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>The names and keys under which this node keeps its audit log and, as a focal point, cosigns those of others
/// (docs/spec/audit-log.md, section 4). The keys come out of the keystore; disposing zeroes them.</summary>
public sealed class LogIdentity : IDisposable
{
    private readonly NoteKey _log;
    private readonly NoteKey? _witness;

    /// <summary>Takes up the names.</summary>
    /// <param name="keys">The unlocked keystore; stays the caller's.</param>
    /// <param name="origin">Name of the log.</param>
    /// <param name="witnessName">Name of the witness; null for a node that is none.</param>
    public LogIdentity(KeyRing keys, string origin, string? witnessName)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _log = keys.DeriveNoteKey(origin);
        Key = VerifierKey.OfLog(origin, _log.Public);
        if (witnessName is not null)
        {
            _witness = keys.DeriveNoteKey(witnessName);
            WitnessKey = VerifierKey.OfWitness(witnessName, _witness.Public);
        }
    }

    /// <summary>Verifies what this log signs; its name is the origin.</summary>
    public VerifierKey Key { get; }

    /// <summary>Verifies what this witness cosigns; null for a node that is no witness.</summary>
    public VerifierKey? WitnessKey { get; }

    /// <summary>Name of the log.</summary>
    public string Origin => Key.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _witness?.Dispose();
    }

    /// <summary>Signs a checkpoint of this log. Size and root have been recorded before.</summary>
    internal SignedNote Sign(Checkpoint checkpoint) => CheckpointSigning.Sign(checkpoint, _log);

    /// <summary>Cosigns what a witness may cosign. It has been stored before as the newest of its log.</summary>
    /// <exception cref="InvalidOperationException">This node is no witness, or the answer is a refusal.</exception>
    internal NoteSignature Cosign(WitnessAnswer answer, DateTimeOffset at) =>
        _witness is { } key && WitnessKey is { } name
            ? answer.Cosign(name.Name, key, at)
            : throw new InvalidOperationException("This node is no witness.");
}
