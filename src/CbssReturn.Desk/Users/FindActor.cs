using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Users;

/// <summary>Finds who holds a token.</summary>
public sealed class FindActor(NodeContext node)
{
    // The minute of the last entry about an unknown token, POSIX seconds; changed from any thread, as a whole.
    private long _notedMinute = long.MinValue;

    /// <summary>Checks a token; that nobody has one is logged, once a minute. The store knows its hash only, and a
    /// 256-bit random token needs no stretching.</summary>
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

        await NoteStrangerAsync(ct);
        return new Refusal(RefusalCode.TokenUnknown, "The token is missing, unknown or ended.");
    }

    // Whoever has no token can knock as often as he likes; the log tells of it once a minute.
    private async Task NoteStrangerAsync(CancellationToken ct)
    {
        var minute = AuditIntakeRow.MinuteOf(node.Now).ToUnixTimeSeconds();
        if (Interlocked.Exchange(ref _notedMinute, minute) != minute)
        {
            var detail = new AuditDetail
            {
                Kind = AuditDetailKind.AccessDenied,
                At = node.Now,
                ReasonCode = (int)RefusalCode.TokenUnknown,
            };
            await node.Store.CommitAsync(
                new NodeTransaction("access-deny", node.Local(detail, AuditOutcome.Refused)), ct);
        }
    }
}
