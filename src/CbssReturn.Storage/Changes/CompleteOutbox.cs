using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Ends a packet's way out. Conflict: it has ended already, or waits for nothing.</summary>
/// <remarks>The holder of the lease is not asked for: what a recipient signed is true whoever reports it.</remarks>
/// <param name="RowId">The outbox row, <see cref="OutboxState.Queued"/>; a late receipt also ends one that is
/// <see cref="OutboxState.Undelivered"/>.</param>
/// <param name="State">Any but <see cref="OutboxState.Queued"/> and <see cref="OutboxState.Cancelled"/>.</param>
/// <param name="Receipt">What the recipient signed; null exactly when undelivered or refused without a signature.
/// </param>
/// <param name="LastCode">Why it was not delivered; null when it was.</param>
public sealed record CompleteOutbox(RowId RowId, OutboxState State, StoredReceipt? Receipt, RefusalCode? LastCode)
    : StoreChange;
