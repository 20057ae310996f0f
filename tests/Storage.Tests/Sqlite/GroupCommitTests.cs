using System.Collections.Concurrent;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Transactions share a commit and nothing else.</summary>
public sealed class GroupCommitTests : IAsyncLifetime, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly ConcurrentQueue<string[]> _groups = [];
    private readonly SemaphoreSlim _gateReached = new(0);
    private readonly ManualResetEventSlim _gateOpen = new();
    private SqliteNodeStore? _store;
    private string? _failsWith;
    private CommitPoint _failsAt = CommitPoint.BeforeCommit;

    private SqliteNodeStore Store => _store ?? throw new InvalidOperationException("Not opened yet.");

    public async Task InitializeAsync() =>
        _store = await _folder.OpenAsync(new SqliteStoreOptions { AtCommit = AtCommit });

    public async Task DisposeAsync()
    {
        _gateOpen.Set();
        await Store.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _gateReached.Dispose();
        _gateOpen.Dispose();
    }

    [Fact]
    public async Task CommitAsync_OfWhatWaited_SharesOneCommitInOrderOfArrival()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"case-{i:d2}").ToArray();

        var outcomes = await CommitTogetherAsync([.. names.Select(name => Put(name, Sample.Case()))]);

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome.Outcome));
        Assert.Equal([["gate"], names], _groups);
        Assert.Equal(
            names,
            StoreFolder.Query(_folder.DatabasePath, "SELECT updated_by FROM audit_intake ORDER BY sequence")[1..]);
    }

    [Fact]
    public async Task CommitAsync_OfManyLargeBodies_SplitsTheGroupByBytes()
    {
        NodeTransaction Receive(string name) =>
            Sample.Transaction(name, [new AddReceived(Sample.Received(), Sample.Bytes(1_500_000))]);

        await CommitTogetherAsync([.. Enumerable.Range(0, 5).Select(i => Receive($"body-{i}"))]);

        Assert.Equal([1, 2, 2, 1], _groups.Select(group => group.Length));
    }

    [Fact]
    public async Task CommitAsync_OfMoreThanAGroupHolds_SplitsTheGroupByCount()
    {
        await CommitTogetherAsync([.. Enumerable.Range(0, 600).Select(_ => Put("many", Sample.Case()))]);

        Assert.Equal([1, SqliteWriter.GroupRequestsMax, 88], _groups.Select(group => group.Length));
    }

    [Fact]
    public async Task CommitAsync_WithAConflictInside_TakesBackThatTransactionOnly()
    {
        var (before, shared, after) = (Sample.Case(), Sample.Case(), Sample.Case());
        var half = Sample.User();

        var outcomes = await CommitTogetherAsync(
            Put("a", before), Put("b", shared),
            Sample.Transaction("c", [new AddUser(half), new PutCase(shared, 0)]), Put("d", after));

        Assert.Equal(
            [CommitOutcome.Committed, CommitOutcome.Committed, CommitOutcome.Conflict(1), CommitOutcome.Committed],
            outcomes.Select(outcome => outcome.Outcome!.Value));
        Assert.Equal(2, _groups.Count);
        Assert.Empty(await Store.ListUsersAsync(10, default));
        Assert.NotNull(await Store.GetCaseAsync(after.CaseId, default));
        Assert.Equal([1L, 2, 3, 4], (await Store.ReadAuditIntakeAsync(0, 10, default)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task CommitAsync_WithABrokenReferenceInside_FailsThatTransactionOnly()
    {
        var (before, after) = (Sample.Case(), Sample.Case());

        var outcomes = await CommitTogetherAsync(
            Put("a", before),
            Sample.Transaction("b", [new AddConsent(Sample.Consent(Sample.NewId()))]), Put("c", after));

        Assert.All([0, 2], i => Assert.Equal(CommitOutcome.Committed, outcomes[i].Outcome));
        Assert.IsType<ArgumentException>(outcomes[1].Thrown);
        Assert.Equal(2, _groups.Count);
        Assert.NotNull(await Store.GetCaseAsync(after.CaseId, default));
    }

    [Fact]
    public async Task CommitAsync_WithATransactionThatBreaksTheGroup_TriesEachAlone()
    {
        _failsWith = "poison";
        var rows = Enumerable.Range(0, 4).Select(_ => Sample.Case()).ToArray();

        var outcomes = await CommitTogetherAsync(
            Put("a", rows[0]), Put("poison", rows[1]), Put("b", rows[2]), Put("c", rows[3]));

        Assert.False(Assert.IsType<StoreException>(outcomes[1].Thrown).IsOutcomeUnknown);
        Assert.All([0, 2, 3], i => Assert.Equal(CommitOutcome.Committed, outcomes[i].Outcome));
        Assert.Null(await Store.GetCaseAsync(rows[1].CaseId, default));
        Assert.NotNull(await Store.GetCaseAsync(rows[3].CaseId, default));
        Assert.Equal([1, 4, 1, 1, 1, 1], _groups.Select(group => group.Length));
    }

    [Fact]
    public async Task CommitAsync_OfAGroupThatMayBeKept_IsNotTriedAgain()
    {
        (_failsWith, _failsAt) = ("b", CommitPoint.AfterCommit);
        var rows = new[] { Sample.Case(), Sample.Case() };

        var outcomes = await CommitTogetherAsync(Put("a", rows[0]), Put("b", rows[1]));

        Assert.All(outcomes, outcome => Assert.True(
            Assert.IsType<StoreException>(outcome.Thrown).IsOutcomeUnknown));
        Assert.Equal(3, (await Store.ReadAuditIntakeAsync(0, 10, default)).Count);
        await StoreAssert.ConflictsAsync(Store, 0, new PutCase(rows[0], 0));
    }

    [Fact]
    public async Task CommitAsync_WhileAnotherProgramHoldsTheWriteLock_FailsTheGroupOnce()
    {
        Task<Ended>[] commits;
        using (var other = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            commits = [.. Enumerable.Range(0, 8).Select(_ => CommitAsync(Put("waits", Sample.Case())))];
            await Task.WhenAll(commits);
        }

        var thrown = await Task.WhenAll(commits);

        // The first is perhaps a group of its own. A group that fails as one has one exception for all.
        Assert.All(thrown, ended => Assert.False(Assert.IsType<StoreException>(ended.Thrown).IsOutcomeUnknown));
        Assert.InRange(thrown.Select(ended => ended.Thrown).Distinct().Count(), 1, 2);
        Assert.Equal(CommitOutcome.Committed, (await CommitAsync(Put("after", Sample.Case()))).Outcome);
    }

    [Fact]
    public async Task ClaimOutbox_InsideAGroup_SeesWhatCameBeforeIt()
    {
        var row = Sample.Outbox(Sample.Peer());
        var gate = await CloseGateAsync();
        var enqueue = Store.CommitAsync(Sample.Transaction("a", [new Enqueue(row, Sample.Bytes(10))]), default);
        var claim = Store.ClaimOutboxAsync(row.PeerIndex, 1, row.DueAt, row.DueAt.AddSeconds(1), "w", default);
        _gateOpen.Set();

        Assert.Equal(row.RowId, Assert.Single(await claim).Row.RowId);
        Assert.True((await enqueue).IsCommitted && (await gate).IsCommitted);
        Assert.Equal([["gate"], ["a", "outbox-claim"]], _groups);
    }

    private static NodeTransaction Put(string name, CaseRow row) => Sample.Transaction(name, [new PutCase(row, 0)]);

    /// <summary>Commits transactions that all wait while the writer is busy with another one.</summary>
    private async Task<Ended[]> CommitTogetherAsync(params NodeTransaction[] transactions)
    {
        var gate = await CloseGateAsync();
        var commits = transactions.Select(CommitAsync).ToArray();
        _gateOpen.Set();
        await gate;
        return await Task.WhenAll(commits);
    }

    private async Task<Ended> CommitAsync(NodeTransaction transaction)
    {
        try
        {
            return new Ended(await Store.CommitAsync(transaction, default), null);
        }
        catch (Exception exception)
        {
            return new Ended(null, exception);
        }
    }

    private async Task<Task<CommitOutcome>> CloseGateAsync()
    {
        var gate = Store.CommitAsync(Put("gate", Sample.Case()), default);
        await _gateReached.WaitAsync();
        return gate;
    }

    private void AtCommit(CommitPoint point, IReadOnlyList<string> names)
    {
        if (point == CommitPoint.BeforeCommit)
        {
            _groups.Enqueue([.. names]);
            if (names.Contains("gate"))
            {
                _gateReached.Release();
                _gateOpen.Wait();
            }
        }

        if (point == _failsAt && names.Contains(_failsWith))
        {
            throw new IOException("A fault on purpose.");
        }
    }

    private sealed record Ended(CommitOutcome? Outcome, Exception? Thrown);
}
