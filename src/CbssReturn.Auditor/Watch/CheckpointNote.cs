using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>Changes which signatures stand under a checkpoint.</summary>
internal static class CheckpointNote
{
    /// <summary>Gives the note without the signatures of a witness; the log's own stays.</summary>
    public static SignedNote Without(SignedNote note, VerifierKey witness)
    {
        ArgumentNullException.ThrowIfNull(note);
        var kept = note.Signatures.Where(signature => !signature.IsOf(witness)).ToList();
        return kept.Count == note.Signatures.Count
            ? note
            : SignedNote.Create(note.Text, kept[0]).With(kept.Skip(1)).Value;  // fewer than there were
    }
}
