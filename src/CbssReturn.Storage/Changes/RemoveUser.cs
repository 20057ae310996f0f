namespace CbssReturn.Storage.Changes;

/// <summary>Ends a user's token; the row stays, so that the audit log's user id keeps its meaning. Conflict: there is
/// no such user in force.</summary>
/// <param name="UserId">The user.</param>
/// <param name="RemovedAt">When, UTC.</param>
public sealed record RemoveUser(RowId UserId, DateTimeOffset RemovedAt) : StoreChange;
