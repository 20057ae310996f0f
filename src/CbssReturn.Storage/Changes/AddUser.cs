using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Adds a user. Conflict: the id or token hash exists, or a user in force has this alias.</summary>
/// <param name="Row">The user, in force.</param>
public sealed record AddUser(UserRow Row) : StoreChange;
