using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task FindUserByTokenHash_OfUserInForce_ReturnsTheRow()
    {
        var user = Sample.User();
        await StoreAssert.CommitsAsync(Store, new AddUser(user));

        var found = await Store.FindUserByTokenHashAsync(user.TokenHash, default);

        StoreAssert.Same(user, found);
    }

    [Fact]
    public async Task FindUserByTokenHash_OfRemovedUser_ReturnsNull()
    {
        var user = Sample.User();
        await StoreAssert.CommitsAsync(Store, new AddUser(user));
        await StoreAssert.CommitsAsync(Store, new RemoveUser(user.UserId, Sample.Now));

        var found = await Store.FindUserByTokenHashAsync(user.TokenHash, default);

        Assert.Null(found);
    }

    [Fact]
    public async Task FindUserByTokenHash_OfUnknownToken_ReturnsNull() =>
        Assert.Null(await Store.FindUserByTokenHashAsync(Digest.Of([1]), default));

    [Fact]
    public async Task ListUsers_WithRemovedOnes_ListsAllInOrderUpToMax()
    {
        var users = new[] { Sample.User("a"), Sample.User("b"), Sample.User("c") };
        await StoreAssert.CommitsAsync(Store, [.. users.Select(user => new AddUser(user))]);
        await StoreAssert.CommitsAsync(Store, new RemoveUser(users[0].UserId, Sample.Now.AddHours(1)));

        var listed = await Store.ListUsersAsync(2, default);

        StoreAssert.Same(new[] { users[0] with { RemovedAt = Sample.Now.AddHours(1) }, users[1] }, listed);
    }

    [Fact]
    public async Task AddUser_WithKnownTokenHash_Conflicts()
    {
        var user = Sample.User();
        await StoreAssert.CommitsAsync(Store, new AddUser(user));

        await StoreAssert.ConflictsAsync(Store, 0, new AddUser(Sample.User("b") with { TokenHash = user.TokenHash }));
    }

    [Fact]
    public async Task AddUser_WithAliasInForce_Conflicts()
    {
        await StoreAssert.CommitsAsync(Store, new AddUser(Sample.User("a")));

        await StoreAssert.ConflictsAsync(Store, 0, new AddUser(Sample.User("a")));
    }

    [Fact]
    public async Task AddUser_WithAliasOfRemovedUser_Commits()
    {
        var user = Sample.User("a");
        await StoreAssert.CommitsAsync(Store, new AddUser(user));
        await StoreAssert.CommitsAsync(Store, new RemoveUser(user.UserId, Sample.Now));

        await StoreAssert.CommitsAsync(Store, new AddUser(Sample.User("a")));
    }

    [Fact]
    public async Task RemoveUser_Twice_ConflictsAndKeepsTheFirstMoment()
    {
        var user = Sample.User();
        await StoreAssert.CommitsAsync(Store, new AddUser(user));
        await StoreAssert.CommitsAsync(Store, new RemoveUser(user.UserId, Sample.Now));

        await StoreAssert.ConflictsAsync(Store, 0, new RemoveUser(user.UserId, Sample.Now.AddDays(1)));

        Assert.Equal(Sample.Now, Assert.Single(await Store.ListUsersAsync(10, default)).RemovedAt);
    }
}
