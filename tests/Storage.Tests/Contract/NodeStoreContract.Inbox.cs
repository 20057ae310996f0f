using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task AddReceived_WithItsConversation_KeepsRowBodyAndReceipt()
    {
        var conversation = Sample.Conversation();
        var row = Sample.Received(conversation.ReferralId);
        var body = Sample.Bytes(16500);

        await StoreAssert.CommitsAsync(Store, new PutConversation(conversation, 0), new AddReceived(row, body));

        StoreAssert.Same(row, await Store.GetReceivedAsync(row.RowId, default));
        StoreAssert.Same(row, await Store.FindReceivedAsync(row.SenderKid, row.PacketId, default));
        StoreAssert.Same(body, await Store.ReadBodyAsync(row.RowId, default));
    }

    [Fact]
    public async Task FindReceived_OfUnknownPacket_ReturnsNull()
    {
        var row = Sample.Received();
        await StoreAssert.CommitsAsync(Store, new AddReceived(row, Sample.Bytes(10)));

        Assert.Null(await Store.FindReceivedAsync(Sample.Received().SenderKid, row.PacketId, default));
        Assert.Null(await Store.FindReceivedAsync(row.SenderKid, Sample.Received().PacketId, default));
        Assert.Null(await Store.GetReceivedAsync(Sample.NewId(), default));
        Assert.Null(await Store.ReadBodyAsync(Sample.NewId(), default));
    }

    [Fact]
    public async Task AddReceived_OfKnownPacket_ConflictsAndKeepsTheFirstReceipt()
    {
        var row = Sample.Received();
        await StoreAssert.CommitsAsync(Store, new AddReceived(row, Sample.Bytes(10)));
        var again = Sample.Received() with { SenderKid = row.SenderKid, PacketId = row.PacketId };

        await StoreAssert.ConflictsAsync(
            Store, 1, new PutCase(Sample.Case(), 0), new AddReceived(again, Sample.Bytes(10)));

        StoreAssert.Same(row, await Store.FindReceivedAsync(row.SenderKid, row.PacketId, default));
        Assert.Null(await Store.ReadBodyAsync(again.RowId, default));
    }

    [Fact]
    public async Task AddReceived_OfRefusedPacket_RemembersReasonAndReceiptWithoutBody()
    {
        var row = Sample.NotStored(ReceivedState.Refused);

        await StoreAssert.CommitsAsync(Store, new AddReceived(row, default));

        StoreAssert.Same(row, await Store.FindReceivedAsync(row.SenderKid, row.PacketId, default));
        Assert.Null(await Store.ReadBodyAsync(row.RowId, default));
        Assert.Equal(0, await Store.CountQuarantinedAsync(default));
    }

    [Fact]
    public async Task AddQuarantined_WithBody_IsCountedAndKept()
    {
        var row = Sample.NotStored(ReceivedState.Quarantined);
        var body = Sample.Bytes(100);

        await StoreAssert.CommitsAsync(Store, new AddQuarantined(row, body));

        Assert.Equal(1, await Store.CountQuarantinedAsync(default));
        StoreAssert.Same(row, await Store.GetReceivedAsync(row.RowId, default));
        StoreAssert.Same(body, await Store.ReadBodyAsync(row.RowId, default));
        await StoreAssert.ConflictsAsync(Store, 0, new AddQuarantined(row, body));
    }

    [Fact]
    public async Task AddReceived_OfUnknownReferral_ThrowsAndKeepsNothing()
    {
        var row = Sample.Received(Sample.NewId());

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.CommitAsync(Sample.Transaction(new AddReceived(row, Sample.Bytes(10))), default));

        Assert.Null(await Store.GetReceivedAsync(row.RowId, default));
        Assert.Empty(await Store.ReadAuditIntakeAsync(0, 10, default));
    }

    [Fact]
    public async Task ReadBody_OfLargestEnvelope_ReturnsEveryByte()
    {
        var row = Sample.Received();
        var body = Sample.Bytes(StoreLimits.BodySizeBytesMax);

        await StoreAssert.CommitsAsync(Store, new AddReceived(row, body));

        var read = await Store.ReadBodyAsync(row.RowId, default);
        Assert.True(read is { } bytes && bytes.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task AddReceived_WithTooLargeBody_Throws() => await Assert.ThrowsAsync<ArgumentException>(() =>
        Store.CommitAsync(
            Sample.Transaction(new AddReceived(Sample.Received(), new byte[StoreLimits.BodySizeBytesMax + 1])),
            default));
}
