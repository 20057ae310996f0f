using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task CommitAsync_WhenTheLastChangeConflicts_KeepsNothingOfTheTransaction()
    {
        var (row, user) = (Sample.Case(), Sample.User());

        await StoreAssert.ConflictsAsync(
            Store, 3, new PutCase(row, 0), new AddUser(user), new AddConsent(Sample.Consent(row.CaseId)),
            new CancelOutbox(Sample.NewId()));

        Assert.Null(await Store.GetCaseAsync(row.CaseId, default));
        Assert.Empty(await Store.ListUsersAsync(10, default));
        Assert.Null(await Store.GetNewestConsentAsync(row.CaseId, default));
    }

    [Fact]
    public async Task CommitAsync_ByManyAtOnce_AnswersEachForItself()
    {
        var shared = Sample.Case();
        var own = Enumerable.Range(0, 300).Select(_ => Sample.Case()).ToArray();

        var outcomes = await Task.WhenAll(own.Select(row => Task.Run(() => Store.CommitAsync(
            Sample.Transaction(new PutCase(row, 0), new PutCase(shared, 0)), default))));

        var committed = Assert.Single(Enumerable.Range(0, 300), i => outcomes[i].IsCommitted);
        Assert.All(outcomes.Where(outcome => !outcome.IsCommitted), outcome => Assert.Equal(1, outcome.ConflictIndex));
        for (var i = 0; i < own.Length; i++)
        {
            Assert.Equal(i == committed, await Store.GetCaseAsync(own[i].CaseId, default) is not null);
        }
    }

    [Fact]
    public async Task CommitAsync_WithCancelledToken_KeepsNothing()
    {
        var row = Sample.Case();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync(
            Sample.Transaction(new PutCase(row, 0)), new CancellationToken(true)));

        Assert.Null(await Store.GetCaseAsync(row.CaseId, default));
    }

    [Fact]
    public async Task AnyMember_AfterDisposal_SaysThatTheStoreIsClosed()
    {
        await Store.DisposeAsync();

        var commit = await Assert.ThrowsAsync<StoreException>(() =>
            Store.CommitAsync(Sample.Transaction(new PutCase(Sample.Case(), 0)), default));
        var read = await Assert.ThrowsAsync<StoreException>(() => Store.ListUsersAsync(1, default));
        var claim = await Assert.ThrowsAsync<StoreException>(() => ClaimAsync(Sample.Peer(), Sample.Now));

        Assert.All([commit, read, claim], thrown => Assert.Equal(RefusalCode.StoreUnavailable, thrown.Refusal.Code));
    }

    [Fact]
    public async Task DisposeAsync_WithCommitsWaiting_CompletesThem()
    {
        var commits = Enumerable.Range(0, 100)
            .Select(_ => Store.CommitAsync(Sample.Transaction(new PutCase(Sample.Case(), 0)), default))
            .ToArray();

        await Store.DisposeAsync();

        Assert.All(await Task.WhenAll(commits), outcome => Assert.True(outcome.IsCommitted));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StoreLimits.ListMax + 1)]
    public async Task Lists_OutsideTheirLimits_Throw(int max)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListUsersAsync(max, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListConversationsAsync(null, max, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListOutboxAsync(true, max, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Store.ListOutboxOverdueAsync(Sample.Now, max, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ReadAuditIntakeAsync(0, max, default));
    }
}
