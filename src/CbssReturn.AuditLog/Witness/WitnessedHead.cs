using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The newest checkpoint of a log that a witness has cosigned.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root of the tree over them.</param>
public sealed record WitnessedHead(long Size, Digest Root);
