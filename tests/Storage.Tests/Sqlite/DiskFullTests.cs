using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>A full disk is said by name, leaves nothing half stored and is over when there is space again.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_WithoutSpace_KeepsNothingOfItAndAllOfTheRest()
    {
        await using var store = await _folder.OpenAsync(new SqliteStoreOptions { PageCountMax = 150 });
        var (kept, refused) = await FillAsync(store);

        Assert.NotEmpty(kept);
        Assert.Null(await store.GetOutboxRowAsync(refused.RowId, default));
        Assert.Null(await store.ReadBodyAsync(refused.RowId, default));
        Assert.Equal(kept.Count, (await store.ReadAuditIntakeAsync(0, 1000, default)).Count);
        foreach (var row in kept)
        {
            StoreAssert.Same(row, await store.GetOutboxRowAsync(row.RowId, default));
        }
    }

    [Fact]
    public async Task CommitAsync_OnceThereIsSpaceAgain_GoesOn()
    {
        await using var store = await _folder.OpenAsync(new SqliteStoreOptions { PageCountMax = 150 });
        var (kept, refused) = await FillAsync(store);

        await StoreAssert.CommitsAsync(store, new CancelOutbox(kept[0].RowId));

        await StoreAssert.CommitsAsync(store, new Enqueue(refused, Sample.Bytes(100_000)));
    }

    [Fact]
    public async Task CommitAsync_OfASmallOneBesideOneWithoutSpace_KeepsTheSmallOne()
    {
        await using var store = await _folder.OpenAsync(new SqliteStoreOptions { PageCountMax = 150 });
        var (kept, _) = await FillAsync(store);
        var commits = Enumerable.Range(0, 40).Select(i => store.CommitAsync(
            i % 2 == 0
                ? Sample.Transaction(new Enqueue(Sample.Outbox(Sample.Peer()), Sample.Bytes(100_000)))
                : new NodeTransaction(HouseKeeping.OutboxWake, new WakeOutboxOfPeer(kept[0].PeerIndex, Sample.Now)),
            default)).ToArray();

        for (var i = 0; i < commits.Length; i += 2)
        {
            var thrown = await Assert.ThrowsAsync<StoreException>(() => commits[i]);
            Assert.Equal(RefusalCode.DiskFull, thrown.Refusal.Code);
            Assert.True((await commits[i + 1]).IsCommitted);
        }
    }

    [Fact]
    public async Task OpenAsync_WithoutSpaceForTheSchema_IsRefusedAndWorksLater()
    {
        var options = new SqliteStoreOptions { PageCountMax = 1 };
        Assert.Equal(RefusalCode.DiskFull, await _folder.OpenRefusedAsync(options));

        await using var store = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(store, new PutCase(Sample.Case(), 0));
    }

    private static async Task<(List<OutboxRow> Kept, OutboxRow Refused)> FillAsync(SqliteNodeStore store)
    {
        var kept = new List<OutboxRow>();
        while (true)
        {
            var row = Sample.Outbox(Sample.Peer());
            try
            {
                await StoreAssert.CommitsAsync(store, new Enqueue(row, Sample.Bytes(100_000)));
                kept.Add(row);
            }
            catch (StoreException exception)
            {
                Assert.Equal(RefusalCode.DiskFull, exception.Refusal.Code);
                Assert.False(exception.IsOutcomeUnknown);
                return (kept, row);
            }
        }
    }
}
