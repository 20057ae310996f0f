using CbssReturn.Storage;

namespace CbssReturn.Desk.Users;

/// <summary>A user just added.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Token">The token, told this once; the node keeps its hash.</param>
public sealed record NewUser(RowId UserId, string Token)
{
    /// <summary>Returns the id only, so that no log line ever tells the token.</summary>
    public override string ToString() => UserId.ToString();
}
