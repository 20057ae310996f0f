using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Makes a receipt final. The same transaction tells the log so: an intake row
/// <see cref="AuditLog.AuditEvent.ReceiptStored"/> with the index of the recipient's entry. Conflict: the packet waits
/// for no proof; it has one, or no receipt.</summary>
/// <param name="Row">The proof, verified by the caller.</param>
public sealed record StoreProof(OutboxProofRow Row) : StoreChange;
