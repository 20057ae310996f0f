using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>A node that cosigns audit logs.</summary>
/// <param name="Node">The node.</param>
/// <param name="Key">The key that verifies its cosignatures.</param>
public sealed record LogWitness(NodeId Node, VerifierKey Key);
