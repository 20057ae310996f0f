using CbssReturn.AuditLog;

namespace CbssReturn.Storage.Rows;

/// <summary>An entry bundle of another node's log.</summary>
/// <param name="Id">Which bundle.</param>
/// <param name="Entries">Its bytes (c2sp.org/tlog-tiles): entries v1, each after its length.</param>
public sealed record MirroredBundle(BundleId Id, ReadOnlyMemory<byte> Entries);
