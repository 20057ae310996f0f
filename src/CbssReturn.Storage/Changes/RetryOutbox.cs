namespace CbssReturn.Storage.Changes;

/// <summary>Makes a waiting or undelivered packet due, because a person asked. Conflict: it has ended otherwise, or a
/// lease runs and it is being sent right now.</summary>
/// <param name="RowId">The outbox row.</param>
/// <param name="Now">The moment, UTC; due from then on, attempts from 0.</param>
/// <param name="GiveUpAt">When it counts as undelivered, UTC.</param>
public sealed record RetryOutbox(RowId RowId, DateTimeOffset Now, DateTimeOffset GiveUpAt) : StoreChange;
