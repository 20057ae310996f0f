namespace CbssReturn.AuditLog;

/// <summary>A signature that verifies, of a key that was asked for.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="At">For a witness the moment of its cosignature, in whole seconds; null for a log.</param>
public sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? At);
