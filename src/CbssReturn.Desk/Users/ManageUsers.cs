using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Users;

/// <summary>Adds, lists and removes the people who work at this node.</summary>
public sealed class ManageUsers(NodeContext node)
{
    /// <summary>Adds a user.</summary>
    /// <param name="actor">A node administrator; null for the node itself, which makes the first one.</param>
    /// <param name="alias">1 to 32 characters of A-Z, a-z, 0-9, hyphen and full stop.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="ct">Honoured until the change is accepted.</param>
    /// <returns>The user and the token, which is never told again; or a refusal.</returns>
    public async Task<Result<NewUser>> AddAsync(Actor? actor, string alias, Role role, CancellationToken ct)
    {
        if (actor?.RefuseAdministration() is { } denied)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { SubjectRole = (byte)role }, ct);
        }

        if (!StaffAlias.Parse(alias).TryGet(out _, out var refusal))
        {
            return refusal.Within("alias");
        }

        if (!Enum.IsDefined(role) || role is Role.Unspecified)
        {
            return new Refusal(RefusalCode.CodeUnknown, "There is no such role.", "role");
        }

        var token = UserToken.NewRandom();
        var user = new UserRow
        {
            UserId = RowId.New(node.Time),
            Alias = alias,
            Role = (byte)role,
            TokenHash = Digest.Of(UserToken.Parse(token)!),  // just drawn in the right form
            CreatedAt = node.Now,
        };
        var outcome = await node.Store.CommitAsync(
            new NodeTransaction("user-add", new AddUser(user), Audited(actor, user)), ct);
        return outcome.IsCommitted
            ? new NewUser(user.UserId, token)
            : new Refusal(RefusalCode.ValueTwice, "A user in force has this alias.", "alias");
    }

    /// <summary>Lists users, removed ones too.</summary>
    public async Task<Result<IReadOnlyList<UserRow>>> ListAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.RefuseAdministration() is { } denied
            ? await node.DenyAsync(actor, denied, about: null, ct)
            : new List<UserRow>(await node.Store.ListUsersAsync(StoreLimits.ListMax, ct));
    }

    /// <summary>Ends a user's token at once.</summary>
    /// <returns>Done, also when it had ended before; or <see cref="RefusalCode.NotFound"/>.</returns>
    public async Task<Result<Done>> RemoveAsync(Actor actor, RowId userId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseAdministration() is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { SubjectUserId = userId.ToArray() }, ct);
        }

        var users = await node.Store.ListUsersAsync(StoreLimits.ListMax, ct);
        if (users.FirstOrDefault(user => user.UserId == userId) is not { } found)
        {
            return new Refusal(RefusalCode.NotFound, "There is no user with this id.", "user_id");
        }

        if (found.RemovedAt is null)
        {
            await node.Store.CommitAsync(
                new NodeTransaction("user-remove", new RemoveUser(userId, node.Now), Audited(actor, found)), ct);
        }

        return Done.Instance;
    }

    private AppendAuditIntake Audited(Actor? actor, UserRow subject) => node.Local(new AuditDetail
    {
        Kind = AuditDetailKind.UserChanged,
        At = node.Now,
        UserId = actor?.UserId.ToArray() ?? [],
        Role = (byte)(actor?.Role ?? Role.Unspecified),
        SubjectUserId = subject.UserId.ToArray(),
        SubjectRole = subject.Role,
    });
}
