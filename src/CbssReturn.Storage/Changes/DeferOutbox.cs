using CbssReturn.Outcomes;

namespace CbssReturn.Storage.Changes;

/// <summary>Puts a claimed packet back until later and ends its lease. House-keeping. Conflict: the worker does not
/// hold the lease any more.</summary>
/// <param name="RowId">The outbox row.</param>
/// <param name="Worker">Who claimed it.</param>
/// <param name="DueAt">When it may be claimed again, UTC.</param>
/// <param name="Attempts">How many attempts count, 0 or more.</param>
/// <param name="MayHaveLeft">Whether any byte of it may have left, now or before.</param>
/// <param name="LastCode">Why the attempt failed.</param>
public sealed record DeferOutbox(
    RowId RowId, string Worker, DateTimeOffset DueAt, int Attempts, bool MayHaveLeft, RefusalCode LastCode)
    : StoreChange;
