namespace CbssReturn.AuditLog;

/// <summary>A witness that a <see cref="WitnessPolicy"/> knows.</summary>
/// <param name="Name">How the policy calls it; no more than a word in that file.</param>
/// <param name="Key">The key of the witness.</param>
/// <param name="Url">Where the witness is reached; null for nowhere.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url = null);
