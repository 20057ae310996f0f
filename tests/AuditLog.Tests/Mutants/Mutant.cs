namespace CbssReturn.AuditLog.Tests.Mutants;

/// <summary>One wrong verifier: a change of one place in the source.</summary>
/// <param name="File">Path below src/CbssReturn.AuditLog.</param>
/// <param name="Old">Text that stands in the file exactly once.</param>
/// <param name="New">What stands there in the mutant.</param>
/// <param name="Why">What whoever made this mistake would let through, or would refuse.</param>
internal sealed record Mutant(string File, string Old, string New, string Why);
