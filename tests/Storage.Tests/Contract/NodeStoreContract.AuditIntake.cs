using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task ReadAuditIntake_OfSeveralTransactions_IsInOrderOfCommitFromAfterUpToMax()
    {
        var rows = Enumerable.Range(0, 5).Select(_ => Sample.Audit()).ToArray();
        foreach (var row in rows)
        {
            await Store.CommitAsync(new NodeTransaction("test-case", new AppendAuditIntake(row)), default);
        }

        var read = await Store.ReadAuditIntakeAsync(1, 3, default);

        StoreAssert.Same(
            new[] { rows[1] with { Sequence = 2 }, rows[2] with { Sequence = 3 }, rows[3] with { Sequence = 4 } }
                .Select(row => row with { Peer = new byte[16], Handle = new byte[16] }),
            read);
    }

    [Fact]
    public async Task ReadAuditIntake_OfPacketEntry_ReturnsEveryField()
    {
        var row = new AuditIntakeRow
        {
            Event = AuditEvent.ReceiptStored,
            Outcome = AuditOutcome.Pending,
            AtMinute = AuditIntakeRow.MinuteOf(Sample.Now),
            Peer = Sample.Bytes(16),
            Handle = Sample.Bytes(16),
            Tag = Digest.Of([1]),
            PeerEntryIndex = long.MaxValue,
        };
        await Store.CommitAsync(new NodeTransaction("test-case", new AppendAuditIntake(row)), default);

        var read = Assert.Single(await Store.ReadAuditIntakeAsync(0, 10, default));

        StoreAssert.Same(row with { Sequence = 1 }, read);
    }

    [Fact]
    public async Task CommitAsync_ThatConflicts_LeavesNoAuditIntakeAndNoGap()
    {
        await StoreAssert.ConflictsAsync(Store, 0, new CancelOutbox(Sample.NewId()));
        await StoreAssert.CommitsAsync(Store, new PutCase(Sample.Case(), 0));

        Assert.Equal(1, Assert.Single(await Store.ReadAuditIntakeAsync(0, 10, default)).Sequence);
    }
}
