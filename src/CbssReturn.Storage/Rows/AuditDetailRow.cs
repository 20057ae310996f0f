using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>The detail of one entry, sealed.</summary>
/// <param name="Index">The entry that commits to it.</param>
/// <param name="Digest">SHA-256 of the detail.</param>
/// <param name="Sealed">The detail, sealed for table <c>audit_detail</c> and <paramref name="Digest"/>.</param>
public sealed record AuditDetailRow(long Index, Digest Digest, SealedContent Sealed);
