using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task ListDetails_BeforeAMoment_ListsTheOldestOfEarlierMinutes()
    {
        var minute = AuditIntakeRow.MinuteOf(Sample.Now);
        var at = 0;
        var rows = await TestLog.AppendAsync(
            Store, 50, () => Sample.Audit() with { AtMinute = minute.AddMinutes(at++ / 5) });
        await (await TestLog.BeginAsync(Log)).IntegrateAllAsync(pads: 20);
        async Task<IEnumerable<long>> ListAsync(long after, DateTimeOffset before, int max) =>
            (await Log.ListDetailsAsync(after, before, max, default)).Select(row => row.Index);

        Assert.Empty(await ListAsync(-1, minute, 100));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => (long)i), await ListAsync(-1, minute.AddSeconds(1), 100));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), await ListAsync(-1, minute.AddMinutes(4), 100));
        Assert.Equal([8L, 9, 10], await ListAsync(7, minute.AddMinutes(4), 3));
        Assert.Empty(await ListAsync(19, minute.AddMinutes(4), 3));
        Assert.Equal(50, (await ListAsync(-1, minute.AddDays(1), 100)).Count());
        StoreAssert.Same(
            new AuditDetailRow(7, rows[7].DetailDigest!.Value, rows[7].Detail!),
            (await Log.ListDetailsAsync(6, minute.AddDays(1), 1, default))[0]);
    }

    [Fact]
    public async Task EraseDetail_OfADetail_LeavesEntryAndTree()
    {
        var rows = await TestLog.AppendAsync(Store, 3);
        var log = await TestLog.BeginAsync(Log);
        await log.IntegrateAllAsync();

        await StoreAssert.CommitsAsync(Store, new EraseDetail(1, rows[1].DetailDigest!.Value));

        Assert.Null(await Log.GetDetailAsync(1, default));
        Assert.NotNull(await Log.GetDetailAsync(0, default));
        Assert.Equal(log.Head, await Log.GetAuditHeadAsync(default));
        Assert.Equal(2, await Log.CountAuditIntakeAsync(default));  // that it was erased, and the test's own row
        await TestLog.AssertSoundAsync(Log);
    }

    [Fact]
    public async Task EraseDetail_TwiceOrOfAnotherDigest_Conflicts()
    {
        var rows = await TestLog.AppendAsync(Store, 1);
        await (await TestLog.BeginAsync(Log)).IntegrateAllAsync();
        var digest = rows[0].DetailDigest!.Value;

        await StoreAssert.ConflictsAsync(Store, 0, new EraseDetail(0, Digest.Of([1])));
        await StoreAssert.CommitsAsync(Store, new EraseDetail(0, digest));
        await StoreAssert.ConflictsAsync(Store, 0, new EraseDetail(0, digest));
    }

    [Fact]
    public async Task EraseDetail_WithoutItsOwnIntakeRow_Throws()
    {
        var digest = Digest.Of([1]);
        AuditIntakeRow[] untold =
        [
            Sample.Audit(), Sample.Erased(1, digest), Sample.Erased(0, Digest.Of([2])),
        ];

        foreach (var row in untold)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(
                new NodeTransaction("retention", new EraseDetail(0, digest), new AppendAuditIntake(row)), default));
        }
    }
}
