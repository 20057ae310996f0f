namespace CbssReturn.AuditLog;

/// <summary>A note that at least one of the keys that were asked for has signed.</summary>
/// <param name="Note">The note as it was read.</param>
/// <param name="Signatures">The signatures that verify: one a key, of a witness's several the newest; never
/// empty.</param>
public sealed record VerifiedNote(SignedNote Note, IReadOnlyList<VerifiedSignature> Signatures);
