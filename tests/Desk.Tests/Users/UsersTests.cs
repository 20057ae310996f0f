using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Users;

/// <summary>Users and their tokens.</summary>
public sealed class UsersTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private NodeServices Services => _network.Origin.Services;

    private Actor Administrator => _network.Origin.Act(Role.NodeAdministrator);

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync(1);

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Add_ByTheNodeItself_MakesAUserWhoseTokenIsFound()
    {
        var added = (await Services.Users.AddAsync(null, "desk.1", Role.Caseworker, default)).Value;

        var actor = (await Services.FindActor.FindAsync(added.Token, default)).Value;

        Assert.Equal(new Actor(added.UserId, Role.Caseworker), actor);
        Assert.DoesNotContain(added.Token, added.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_IsLoggedWithTheRoleGiven()
    {
        var added = (await Services.Users.AddAsync(Administrator, "desk.1", Role.Supervisor, default)).Value;
        await Services.Users.RemoveAsync(Administrator, added.UserId, default);

        var entries = await AuditEntry.ReadAsync(_network.Origin);
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry =>
        {
            Assert.Equal(added.UserId.ToArray(), entry.Detail.SubjectUserId.ToArray());
            Assert.Equal((byte)Role.Supervisor, entry.Detail.SubjectRole);
        });
    }

    [Fact]
    public async Task Find_TokenInAnotherForm_IsUnknown()
    {
        var token = (await Services.Users.AddAsync(null, "desk.1", Role.Caseworker, default)).Value.Token;
        string[] wrong =
        [
            "", token[..^1], token + "0", " " + token[1..], token.ToUpperInvariant(), token[..^1] + "g",
            UserToken.NewRandom(),
        ];

        foreach (var text in wrong)
        {
            Assert.Equal(
                RefusalCode.TokenUnknown, (await Services.FindActor.FindAsync(text, default)).Refusal.Code);
        }
    }

    [Fact]
    public async Task Remove_User_EndsTheTokenAtOnceAndForGood()
    {
        var added = (await Services.Users.AddAsync(null, "desk.1", Role.Caseworker, default)).Value;

        Assert.True((await Services.Users.RemoveAsync(Administrator, added.UserId, default)).IsOk);
        Assert.True((await Services.Users.RemoveAsync(Administrator, added.UserId, default)).IsOk);

        Assert.Equal(
            RefusalCode.TokenUnknown, (await Services.FindActor.FindAsync(added.Token, default)).Refusal.Code);
        Assert.NotNull(Assert.Single((await Services.Users.ListAsync(Administrator, default)).Value).RemovedAt);
    }

    [Fact]
    public async Task Remove_UserThatIsNotThere_SaysSo() => Assert.Equal(
        RefusalCode.NotFound,
        (await Services.Users.RemoveAsync(Administrator, RowId.New(_network.Time), default)).Refusal.Code);

    [Fact]
    public async Task Add_AliasInForce_IsRefusedAndNoTokenGiven()
    {
        await Services.Users.AddAsync(null, "desk.1", Role.Caseworker, default);

        var refused = await Services.Users.AddAsync(Administrator, "desk.1", Role.Supervisor, default);

        Assert.Equal((RefusalCode.ValueTwice, "alias"), (refused.Refusal.Code, refused.Refusal.Field));
    }

    [Fact]
    public async Task Add_AliasOfARemovedUser_IsAllowed()
    {
        var first = (await Services.Users.AddAsync(null, "desk.1", Role.Caseworker, default)).Value;
        await Services.Users.RemoveAsync(Administrator, first.UserId, default);

        Assert.True((await Services.Users.AddAsync(Administrator, "desk.1", Role.Caseworker, default)).IsOk);
    }

    [Theory]
    [InlineData("", RefusalCode.FieldMissing)]
    [InlineData("Example Person", RefusalCode.FieldMalformed)]
    [InlineData("ž", RefusalCode.FieldMalformed)]
    public async Task Add_AliasOutOfForm_IsRefused(string alias, RefusalCode code)
    {
        var refused = await Services.Users.AddAsync(null, alias, Role.Caseworker, default);

        Assert.Equal((code, "alias"), (refused.Refusal.Code, refused.Refusal.Field));
    }

    [Theory]
    [InlineData(Role.Unspecified)]
    [InlineData((Role)8)]
    public async Task Add_RoleThatIsNotThere_IsRefused(Role role) => Assert.Equal(
        RefusalCode.CodeUnknown, (await Services.Users.AddAsync(null, "desk.1", role, default)).Refusal.Code);
}
