using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task StoreProof_OfAReceipt_MakesItFinal()
    {
        var row = await DeliverAsync(Sample.Peer());
        var proof = Sample.Proof(row.RowId);
        Assert.Null(await Log.GetProofAsync(row.RowId, default));

        await StoreAssert.CommitsAsync(Store, new StoreProof(proof));

        StoreAssert.Same(proof, await Log.GetProofAsync(row.RowId, default));
        Assert.Empty(await Log.ListPeersWithoutProofAsync(default));
        await StoreAssert.ConflictsAsync(Store, 0, new StoreProof(proof));
    }

    [Fact]
    public async Task StoreProof_OfWhatHasNoReceipt_Conflicts()
    {
        var row = await EnqueueAsync();

        await StoreAssert.ConflictsAsync(Store, 0, new StoreProof(Sample.Proof(row.RowId)));
        await StoreAssert.ConflictsAsync(Store, 0, new StoreProof(Sample.Proof(Sample.NewId())));
    }

    [Fact]
    public async Task StoreProof_WithoutItsOwnIntakeRow_Throws()
    {
        var row = Sample.OfPacket(AuditEvent.ReceiptStored) with { PeerEntryIndex = 8 };

        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(
            new NodeTransaction("a", new StoreProof(Sample.Proof(Sample.NewId())), new AppendAuditIntake(row)),
            default));
    }

    [Fact]
    public async Task ListDeliveredWithoutProof_OfAPeer_ListsWhatWasSignedInPages()
    {
        var (peer, other) = (Sample.Peer(), Sample.Peer());
        var rows = new[] { await DeliverAsync(peer), await DeliverAsync(peer), await DeliverAsync(peer) };
        await DeliverAsync(other);
        var refused = await EnqueueAsync(peer);
        await StoreAssert.CommitsAsync(
            Store,
            new CompleteOutbox(refused.RowId, OutboxState.Refused, Sample.Receipt(), RefusalCode.PeerRefused));
        foreach (var state in (OutboxState[])[OutboxState.Refused, OutboxState.Undelivered])
        {
            var unsigned = await EnqueueAsync(peer);
            await StoreAssert.CommitsAsync(
                Store, new CompleteOutbox(unsigned.RowId, state, null, RefusalCode.PeerRefused));
        }

        await StoreAssert.CommitsAsync(Store, new StoreProof(Sample.Proof(rows[1].RowId)));

        var first = await Log.ListDeliveredWithoutProofAsync(peer, default, 2, default);
        var rest = await Log.ListDeliveredWithoutProofAsync(peer, first[^1].RowId, 2, default);
        Assert.Equal([rows[0].RowId, rows[2].RowId], first.Select(row => row.RowId));
        Assert.Equal([refused.RowId], rest.Select(row => row.RowId));
        Assert.NotNull(first[0].Receipt);
        Assert.Equal(
            new[] { peer, other }.Select(index => index.ToString()).Order(),
            (await Log.ListPeersWithoutProofAsync(default)).Select(index => index.ToString()));
    }

    private async Task<OutboxRow> DeliverAsync(PeerIndex peer)
    {
        var row = await EnqueueAsync(peer);
        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(row.RowId, OutboxState.Delivered, Sample.Receipt(), null));
        return row;
    }
}
