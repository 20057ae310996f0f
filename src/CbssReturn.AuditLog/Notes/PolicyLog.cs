namespace CbssReturn.AuditLog;

/// <summary>A log that a <see cref="WitnessPolicy"/> trusts to speak for its origin.</summary>
/// <param name="Key">The key of the log; its name is the origin.</param>
/// <param name="Url">Where the log is reached, in the words of who wrote the policy; null for nowhere.</param>
public sealed record PolicyLog(VerifierKey Key, string? Url = null);
