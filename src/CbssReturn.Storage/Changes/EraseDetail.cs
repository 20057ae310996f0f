using CbssReturn.Sealing;

namespace CbssReturn.Storage.Changes;

/// <summary>Erases the detail of an entry; the entry and its digest stay. The same transaction tells the log so: an
/// intake row <see cref="AuditLog.AuditEvent.DetailErased"/> with this index and digest. Conflict: there is no such
/// detail.</summary>
/// <param name="Index">The entry, from 0.</param>
/// <param name="Digest">Digest of the detail, as the entry has it.</param>
public sealed record EraseDetail(long Index, Digest Digest) : StoreChange;
