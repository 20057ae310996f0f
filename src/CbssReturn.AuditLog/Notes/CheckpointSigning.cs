using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Signs a checkpoint as the log that it is of.</summary>
/// <remarks>A log never signs two roots for one size, nor a size below one that it has signed: the caller keeps size
/// and root before the signature leaves the process (docs/spec/audit-log.md, section 4). Ed25519 is deterministic, so
/// signing the same checkpoint again gives the same note. Source: c2sp.org/tlog-checkpoint.</remarks>
public static class CheckpointSigning
{
    /// <summary>Signs a checkpoint.</summary>
    /// <param name="checkpoint">What the log says of itself; its origin becomes the name of the key.</param>
    /// <param name="key">The key of this log, used for nothing else.</param>
    /// <returns>The note, with this one signature.</returns>
    public static SignedNote Sign(Checkpoint checkpoint, NoteKey key)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(key);
        var text = checkpoint.ToText();
        var id = VerifierKey.OfLog(checkpoint.Origin, key.Public).Id;
        return SignedNote.Create(text, new NoteSignature(checkpoint.Origin, id, key.Sign(NoteText.Encode(text))));
    }
}
