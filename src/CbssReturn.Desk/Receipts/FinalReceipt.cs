using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Receipts;

/// <summary>A receipt with what makes it final, as it travels; nothing of it is checked.</summary>
/// <param name="Receipt">The receipt as it was first given.</param>
/// <param name="Entry">The receiver's entry, verbatim.</param>
/// <param name="TlogProof">c2sp.org/tlog-proof@v1 of that entry.</param>
public sealed record FinalReceipt(StoredReceipt Receipt, ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> TlogProof);
