using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Each kind of change is tried "failed, not kept" and "failed, but kept", then found again after a crash and
/// after a good end.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private CommitPoint? _failsAt;

    public static TheoryData<int, string> Kinds
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, change) in EveryKind.OfChange().Index())
            {
                data.Add(index, change.GetType().Name);
            }

            return data;
        }
    }

    private SqliteStoreOptions Options => new() { AtCommit = Fail, KeepsLeases = true };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kinds_OfChange_AreAllTried()
    {
        var all = typeof(StoreChange).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreChange)));

        Assert.Equal(
            all.Select(type => type.Name).Order(),
            EveryKind.OfChange().Select(change => change.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Commit_ThatFailsBeforeItIsKept_LeavesEverythingAsItWas(int index, string kind)
    {
        var change = await PrepareAsync(index, kind);
        var before = StoreFolder.Dump(_folder.DatabasePath);
        await using (var store = await _folder.OpenAsync(Options))
        {
            _failsAt = CommitPoint.BeforeCommit;
            var thrown = await Assert.ThrowsAsync<StoreException>(() =>
                store.CommitAsync(Sample.Transaction(change), default));

            Assert.False(thrown.IsOutcomeUnknown);
            Assert.Equal(RefusalCode.StoreUnavailable, thrown.Refusal.Code);
            await AssertHoldsAfterACrashAsync(before);
        }

        Assert.Equal(before, StoreFolder.Dump(_folder.DatabasePath));
        await using var again = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(again, change);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Commit_ThatFailsAfterItIsKept_SaysSoAndKeepsAllOfIt(int index, string kind)
    {
        var change = await PrepareAsync(index, kind);
        var transaction = Sample.Transaction(change);
        var twin = _folder.CopyAsAfterACrash();
        await using (var store = await StoreFolder.OpenAsync(twin))
        {
            Assert.True((await store.CommitAsync(transaction, default)).IsCommitted);
        }

        var after = StoreFolder.Dump(twin);
        await using (var store = await _folder.OpenAsync(Options))
        {
            _failsAt = CommitPoint.AfterCommit;
            var thrown = await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(transaction, default));

            Assert.True(thrown.IsOutcomeUnknown);
            await AssertHoldsAfterACrashAsync(after);

            // The store goes on with a fresh connection.
            _failsAt = null;
            await store.CommitAsync(new NodeTransaction(HouseKeeping.Meta, new PutMeta("later", default)), default);
            Assert.NotNull(await store.GetMetaAsync("later", default));
        }
    }

    private async Task<StoreChange> PrepareAsync(int index, string kind)
    {
        var kinds = new EveryKind();
        await using var store = await _folder.OpenAsync();
        await kinds.PrepareAsync(store);
        Assert.Equal(kind, kinds.Changes[index].GetType().Name);
        return kinds.Changes[index];
    }

    private async Task AssertHoldsAfterACrashAsync(List<string> expected)
    {
        var copy = _folder.CopyAsAfterACrash();
        await (await StoreFolder.OpenAsync(copy)).DisposeAsync();
        Assert.Equal(expected, StoreFolder.Dump(copy));
    }

    private void Fail(CommitPoint point, IReadOnlyList<string> names)
    {
        if (point == _failsAt)
        {
            throw new IOException("A fault on purpose.");
        }
    }
}
