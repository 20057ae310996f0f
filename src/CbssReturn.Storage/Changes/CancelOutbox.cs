using CbssReturn.Outcomes;

namespace CbssReturn.Storage.Changes;

/// <summary>Takes back a packet and erases its envelope. Conflict: it is not queued, or any byte of it may have left.
/// </summary>
/// <param name="RowId">The outbox row.</param>
/// <param name="LastCode">Which rule takes it back; null when a person does.</param>
public sealed record CancelOutbox(RowId RowId, RefusalCode? LastCode = null) : StoreChange;
