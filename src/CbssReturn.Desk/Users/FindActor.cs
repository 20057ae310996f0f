using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Users;

/// <summary>Finds who holds a token.</summary>
public sealed class FindActor(NodeContext node)
{
    /// <summary>Checks a token. The store knows its hash only, and a 256-bit random token needs no
    /// stretching.</summary>
    /// <param name="token">64 lower-case hexadecimal digits.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The user, or <see cref="RefusalCode.TokenUnknown"/> whatever was wrong.</returns>
    public async Task<Result<Actor>> FindAsync(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (UserToken.Parse(token) is { } bytes
            && await node.Store.FindUserByTokenHashAsync(Digest.Of(bytes), ct) is { RemovedAt: null } user)
        {
            return new Actor(user.UserId, (Role)user.Role);
        }

        return new Refusal(RefusalCode.TokenUnknown, "The token is missing, unknown or ended.");
    }
}
