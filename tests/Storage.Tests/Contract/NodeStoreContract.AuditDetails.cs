using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
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
