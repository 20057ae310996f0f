using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss user</c>: who may use the node.</summary>
internal static class UserCommands
{
    private static readonly EnumDescriptor Roles =
        DeskServiceReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(Role));

    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("user", "Who may use the node. For the node's administrator.")
        {
            Add(globals), List(globals), Remove(globals),
        };

    private static CbssCommand Add(GlobalOptions globals)
    {
        var alias = new Argument<string>("ALIAS")
        {
            Description = "A staff alias: 1 to 32 of A-Z, a-z, 0-9, hyphen and full stop. Not a person's name.",
        };
        var role = new CodeOption<Role>("--role", Roles, "What the user may do") { Required = true };
        var file = new Option<string>("--write-token")
        {
            Description = "A new file for the token, readable only by you. Without it the token is printed once.",
            HelpName = "FILE",
        };
        var command = new CbssCommand(
            "add",
            "Adds a user and gives the token, once.",
            "cbss user add night-desk.2 --role CASEWORKER --write-token night-desk.token")
        {
            alias, role, file,
        };
        command.DoesAtDesk(globals, "The user was not added.", async (parsed, _, desk, stop) =>
        {
            if (!role.Read(parsed).TryGet(out var wanted, out var refusal))
            {
                return refusal;
            }

            var request = new AddUserRequest { Alias = parsed.GetRequiredValue(alias), Role = wanted };
            var added = await desk.CallAsync((client, options) => client.AddUserAsync(request, options), stop)
                .ConfigureAwait(false);
            return added.Then(user => parsed.GetValue(file) is { } path ? WithTokenFile(user, path) : WithToken(user));
        });
        return command;
    }

    private static Result<Report> WithToken(AddUserResponse user) =>
        Report.Of(
            user,
            $"User {user.UserId} was added. The token is shown once; put it into a file that only the user can read:",
            user.Token) with
        {
            Essential = user.Token,
        };

    private static Result<Report> WithTokenFile(AddUserResponse user, string path) =>
        TokenFile.WriteNew(path, user.Token).Then<Report>(_ =>
            Report.Of(
                new AddUserResponse { UserId = user.UserId },
                $"User {user.UserId} was added. The token is in the file that you named.") with
            {
                Essential = user.UserId,
            });

    private static CbssCommand List(GlobalOptions globals)
    {
        var command = new CbssCommand("list", "Lists the users, without tokens.", "cbss user list");
        command.DoesAtDesk(globals, "The users were not listed.", async (_, _, desk, stop) =>
            (await desk.CallAsync((client, options) => client.ListUsersAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<Report>(list => Report.Of(list) with
            {
                Grid = new Grid(
                    ["User", "Alias", "Role", "Added", "Removed"],
                    [.. list.Users.Select(Row)],
                    "There is no user."),
            }));
        return command;
    }

    private static IReadOnlyList<string> Row(User user) =>
    [
        user.UserId, user.Alias, Show.Code(Roles, user.Role), Show.Moment(user.CreatedAt),
        Show.Moment(user.RemovedAt),
    ];

    private static CbssCommand Remove(GlobalOptions globals)
    {
        var id = new Argument<string>("USER") { Description = "The user's id; the first 6 digits or more will do." };
        var command = new CbssCommand("remove", "Ends a user's token at once.", "cbss user remove 0a1b2c --yes") { id };
        command.DoesAtDesk(globals, "The user was not removed.", async (parsed, session, desk, stop) =>
        {
            var whole = await ShortId.OfUserAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            var sure = whole.Then(_ => Question.Ask(session, "The user's token ends at once."));
            if (!sure.TryGet(out _, out var refusal))
            {
                return refusal;
            }

            var request = new RemoveUserRequest { UserId = whole.Value };
            return (await desk.CallAsync((client, options) => client.RemoveUserAsync(request, options), stop)
                .ConfigureAwait(false)).Then<Report>(done => Report.Of(done, "The user was removed."));
        });
        return command;
    }
}
