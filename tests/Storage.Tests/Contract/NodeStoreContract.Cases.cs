using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task GetCase_AfterPut_ReturnsTheRow()
    {
        var row = Sample.Case();
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0));

        StoreAssert.Same(row, await Store.GetCaseAsync(row.CaseId, default));
        Assert.Null(await Store.GetCaseAsync(Sample.NewId(), default));
    }

    [Fact]
    public async Task PutCase_WithExpectedVersion_Replaces()
    {
        var row = Sample.Case();
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0));
        var next = Sample.Case(2) with { CaseId = row.CaseId, UpdatedAt = Sample.Now.AddDays(1) };

        await StoreAssert.CommitsAsync(Store, new PutCase(next, 1));

        StoreAssert.Same(next, await Store.GetCaseAsync(row.CaseId, default));
    }

    [Fact]
    public async Task ExpectCase_AnotherVersionIsStored_KeepsNothing()
    {
        var row = Sample.Case();
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0), new ExpectCase(row.CaseId, 1));
        var user = Sample.User();

        await StoreAssert.ConflictsAsync(Store, 1, new AddUser(user), new ExpectCase(row.CaseId, 2));
        await StoreAssert.ConflictsAsync(Store, 1, new AddUser(user), new ExpectCase(Sample.NewId(), 1));

        await StoreAssert.CommitsAsync(Store, new AddUser(user));
    }

    [Fact]
    public async Task PutCase_WithOtherVersion_ConflictsAndKeepsTheStoredOne()
    {
        var row = Sample.Case();
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0));

        await StoreAssert.ConflictsAsync(Store, 0, new PutCase(Sample.Case(3) with { CaseId = row.CaseId }, 2));
        await StoreAssert.ConflictsAsync(Store, 0, new PutCase(Sample.Case() with { CaseId = row.CaseId }, 0));
        await StoreAssert.ConflictsAsync(Store, 0, new PutCase(Sample.Case(2), 1));

        StoreAssert.Same(row, await Store.GetCaseAsync(row.CaseId, default));
    }

    [Fact]
    public async Task PutCase_ByManyAtOnce_LetsExactlyOneThrough()
    {
        var row = Sample.Case();
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.CommitAsync(
            Sample.Transaction(new PutCase(Sample.Case(2) with { CaseId = row.CaseId }, 1)), default)));

        Assert.Single(outcomes, outcome => outcome.IsCommitted);
    }

    [Fact]
    public async Task GetNewestConsent_OfSeveralVersions_ReturnsTheLastAddedWhateverItsClockSays()
    {
        var row = Sample.Case();
        var first = Sample.Consent(row.CaseId);
        var second = Sample.Consent(row.CaseId, 2) with
        {
            ConsentId = first.ConsentId,
            RecordedAt = Sample.Now.AddDays(-1),
        };
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0), new AddConsent(first));
        await StoreAssert.CommitsAsync(Store, new AddConsent(second));

        var newest = await Store.GetNewestConsentAsync(row.CaseId, default);

        StoreAssert.Same(second, newest);
        Assert.Null(await Store.GetNewestConsentAsync(Sample.NewId(), default));
    }

    [Fact]
    public async Task AddConsent_WithGapOrRepeatInVersions_Conflicts()
    {
        var row = Sample.Case();
        var first = Sample.Consent(row.CaseId);
        await StoreAssert.CommitsAsync(Store, new PutCase(row, 0), new AddConsent(first));

        await StoreAssert.ConflictsAsync(Store, 0, new AddConsent(first with { Sealed = Sample.Sealed() }));
        await StoreAssert.ConflictsAsync(Store, 0, new AddConsent(first with { Version = 3 }));

        StoreAssert.Same(first, await Store.GetNewestConsentAsync(row.CaseId, default));
    }

    [Fact]
    public async Task AddConsent_OfAnotherCase_Conflicts()
    {
        var (one, other) = (Sample.Case(), Sample.Case());
        var consent = Sample.Consent(one.CaseId);
        await StoreAssert.CommitsAsync(
            Store, new PutCase(one, 0), new PutCase(other, 0), new AddConsent(consent));

        await StoreAssert.ConflictsAsync(
            Store, 0, new AddConsent(consent with { Version = 2, CaseId = other.CaseId }));
    }

    [Fact]
    public async Task AddConsent_OfUnknownCase_Throws() => await Assert.ThrowsAsync<ArgumentException>(() =>
        Store.CommitAsync(Sample.Transaction(new AddConsent(Sample.Consent(Sample.NewId()))), default));
}
