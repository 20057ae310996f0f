using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    private const string Worker = "worker-a";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Enqueue_OfNewRow_IsListedCountedAndReadable()
    {
        var conversation = Sample.Conversation();
        var row = Sample.Outbox(Sample.Peer(), conversation.ReferralId);
        var body = Sample.Bytes(16384);

        await StoreAssert.CommitsAsync(Store, new PutConversation(conversation, 0), new Enqueue(row, body));

        StoreAssert.Same(row, await Store.GetOutboxRowAsync(row.RowId, default));
        StoreAssert.Same(new[] { row }, await Store.ListOutboxAsync(false, 10, default));
        StoreAssert.Same(body, await Store.ReadBodyAsync(row.RowId, default));
        Assert.Equal(1, await Store.CountOutboxWaitingAsync(default));
        Assert.Null(await Store.GetOutboxRowAsync(Sample.NewId(), default));
    }

    [Fact]
    public async Task Enqueue_OfKnownPacketId_Conflicts()
    {
        var row = await EnqueueAsync();

        await StoreAssert.ConflictsAsync(
            Store, 0, new Enqueue(Sample.Outbox(Sample.Peer()) with { PacketId = row.PacketId }, Sample.Bytes(10)));
    }

    [Fact]
    public async Task ExpectOutbox_AnotherStateOrPacket_KeepsNothing()
    {
        var row = Sample.Outbox(Sample.Peer());
        await StoreAssert.CommitsAsync(
            Store,
            new Enqueue(row, new byte[1]),
            new ExpectOutbox(row.RowId, row.PacketId, OutboxState.Queued));

        var user = Sample.User();
        StoreChange[] wrong =
        [
            new ExpectOutbox(row.RowId, row.PacketId, OutboxState.Undelivered),
            new ExpectOutbox(row.RowId, PacketId.NewRandom(), OutboxState.Queued),
            new ExpectOutbox(Sample.NewId(), row.PacketId, OutboxState.Queued),
        ];
        foreach (var change in wrong)
        {
            await StoreAssert.ConflictsAsync(Store, 1, new AddUser(user), change);
        }

        Assert.Empty(await Store.ListUsersAsync(10, default));
    }

    [Fact]
    public async Task CompleteOutbox_WithReceipt_EndsTheRowOnce()
    {
        var row = await EnqueueAsync();
        var claimed = await ClaimOneAsync(row);
        var receipt = Sample.Receipt();

        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(row.RowId, OutboxState.Delivered, receipt, null));

        var expected = claimed.Row with
        {
            State = OutboxState.Delivered,
            Receipt = receipt,
            LeaseUntil = null,
            LeaseOwner = null,
        };
        StoreAssert.Same(expected, await Store.GetOutboxRowAsync(row.RowId, default));
        Assert.Equal(0, await Store.CountOutboxWaitingAsync(default));
        Assert.Empty(await Store.ListOutboxAsync(false, 10, default));
        Assert.Single(await Store.ListOutboxAsync(true, 10, default));
        await StoreAssert.ConflictsAsync(
            Store, 0, new CompleteOutbox(row.RowId, OutboxState.Refused, receipt, RefusalCode.PeerRefused));
    }

    [Theory]
    [InlineData(OutboxState.Refused, RefusalCode.PeerRefused)]
    [InlineData(OutboxState.Conflict, RefusalCode.PeerConflict)]
    public async Task CompleteOutbox_WithSignedNo_KeepsCodeAndReceipt(OutboxState state, RefusalCode code)
    {
        var row = await EnqueueAsync();
        var receipt = Sample.Receipt();

        await StoreAssert.CommitsAsync(Store, new CompleteOutbox(row.RowId, state, receipt, code));

        StoreAssert.Same(
            row with { State = state, Receipt = receipt, LastCode = code },
            await Store.GetOutboxRowAsync(row.RowId, default));
    }

    [Fact]
    public async Task CompleteOutbox_OfUndeliveredRow_TakesALateReceiptButNoSecondGivingUp()
    {
        var row = await EnqueueAsync();
        var giveUp = new CompleteOutbox(row.RowId, OutboxState.Undelivered, null, RefusalCode.Undelivered);
        await StoreAssert.CommitsAsync(Store, giveUp);
        Assert.Single(await Store.ListOutboxAsync(false, 10, default));
        await StoreAssert.ConflictsAsync(Store, 0, giveUp);

        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(row.RowId, OutboxState.Delivered, Sample.Receipt(), null));

        Assert.Equal(OutboxState.Delivered, (await Store.GetOutboxRowAsync(row.RowId, default))!.State);
    }

    [Fact]
    public async Task DeferOutbox_ByTheHolder_PutsTheRowBack()
    {
        var row = await EnqueueAsync();
        var claimed = await ClaimOneAsync(row);
        var dueAt = Sample.Now.AddMinutes(7);

        var outcome = await Store.CommitAsync(
            Sample.Defer(new DeferOutbox(row.RowId, Worker, dueAt, 1, claimed.HadMayHaveLeft, RefusalCode.PeerBusy)),
            default);

        Assert.True(outcome.IsCommitted);
        StoreAssert.Same(
            row with { DueAt = dueAt, Attempts = 1, LastCode = RefusalCode.PeerBusy },
            await Store.GetOutboxRowAsync(row.RowId, default));
        Assert.Empty(await ClaimAsync(row.PeerIndex, dueAt.AddMilliseconds(-1)));
        Assert.Single(await ClaimAsync(row.PeerIndex, dueAt));
    }

    [Fact]
    public async Task DeferOutbox_BySomebodyElse_Conflicts()
    {
        var row = await EnqueueAsync();
        await ClaimOneAsync(row);

        var outcome = await Store.CommitAsync(
            Sample.Defer(new DeferOutbox(row.RowId, "worker-b", Sample.Now, 1, true, RefusalCode.PeerBusy)), default);

        Assert.Equal(CommitOutcome.Conflict(0), outcome);
    }

    [Fact]
    public async Task ReplaceOutboxEnvelope_OfClaimedRow_IsDueWithTheNewEnvelope()
    {
        var row = await EnqueueAsync();
        await ClaimOneAsync(row);
        var (id, content, body) = (PacketId.NewRandom(), Sample.Sealed(), Sample.Bytes(4000));
        var dueAt = Sample.Now.AddSeconds(1);

        await StoreAssert.CommitsAsync(Store, new ReplaceOutboxEnvelope(row.RowId, id, body, content, dueAt));

        StoreAssert.Same(
            row with { PacketId = id, Sealed = content, DueAt = dueAt, MayHaveLeft = true },
            await Store.GetOutboxRowAsync(row.RowId, default));
        StoreAssert.Same(body, Assert.Single(await ClaimAsync(row.PeerIndex, dueAt)).Body);
    }

    [Fact]
    public async Task ReplaceOutboxEnvelope_WithKnownPacketIdOrOfEndedRow_Conflicts()
    {
        var (one, other) = (await EnqueueAsync(), await EnqueueAsync());
        ReplaceOutboxEnvelope Replace(PacketId id) =>
            new(one.RowId, id, Sample.Bytes(10), Sample.Sealed(), Sample.Now);

        await StoreAssert.ConflictsAsync(Store, 0, Replace(other.PacketId));
        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(one.RowId, OutboxState.Delivered, Sample.Receipt(), null));
        await StoreAssert.ConflictsAsync(Store, 0, Replace(PacketId.NewRandom()));
    }

    [Fact]
    public async Task RetryOutbox_OfUndeliveredRow_QueuesItAgain()
    {
        var row = await EnqueueAsync();
        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(row.RowId, OutboxState.Undelivered, null, RefusalCode.Undelivered));
        var (now, giveUpAt) = (Sample.Now.AddDays(4), Sample.Now.AddDays(7));

        await StoreAssert.CommitsAsync(Store, new RetryOutbox(row.RowId, now, giveUpAt));

        StoreAssert.Same(
            row with { DueAt = now, GiveUpAt = giveUpAt, LastCode = RefusalCode.Undelivered },
            await Store.GetOutboxRowAsync(row.RowId, default));
    }

    [Fact]
    public async Task RetryOutbox_UnderALeaseOrAfterTheEnd_Conflicts()
    {
        var row = await EnqueueAsync();
        await ClaimOneAsync(row);
        RetryOutbox Retry(DateTimeOffset now) => new(row.RowId, now, now.AddHours(72));

        await StoreAssert.ConflictsAsync(Store, 0, Retry(Sample.Now.Add(Lease).AddMilliseconds(-1)));
        await StoreAssert.CommitsAsync(Store, Retry(Sample.Now.Add(Lease)));
        await StoreAssert.CommitsAsync(
            Store, new CompleteOutbox(row.RowId, OutboxState.Delivered, Sample.Receipt(), null));
        await StoreAssert.ConflictsAsync(Store, 0, Retry(Sample.Now.AddDays(1)));
    }

    [Fact]
    public async Task CancelOutbox_BeforeAnyClaim_EndsTheRowAndErasesTheEnvelope()
    {
        var row = await EnqueueAsync();

        await StoreAssert.CommitsAsync(Store, new CancelOutbox(row.RowId));

        Assert.Equal(OutboxState.Cancelled, (await Store.GetOutboxRowAsync(row.RowId, default))!.State);
        Assert.Null(await Store.ReadBodyAsync(row.RowId, default));
        Assert.Empty(await ClaimAsync(row.PeerIndex, Sample.Now.AddYears(1)));
    }

    [Fact]
    public async Task CancelOutbox_OfWhatMayHaveLeft_ConflictsUntilAWorkerKnowsBetter()
    {
        var row = await EnqueueAsync();
        var claimed = await ClaimOneAsync(row);
        await StoreAssert.ConflictsAsync(Store, 0, new CancelOutbox(row.RowId));

        await Store.CommitAsync(
            Sample.Defer(new DeferOutbox(
                row.RowId, Worker, Sample.Now, 1, claimed.HadMayHaveLeft, RefusalCode.PeerUnreachable)),
            default);

        await StoreAssert.CommitsAsync(Store, new CancelOutbox(row.RowId));
    }

    [Fact]
    public async Task ListOutbox_WithMax_ListsNewestFirst()
    {
        var rows = new[] { await EnqueueAsync(), await EnqueueAsync(), await EnqueueAsync() };

        var listed = await Store.ListOutboxAsync(true, 2, default);

        StoreAssert.Same(new[] { rows[2], rows[1] }, listed);
    }

    private async Task<OutboxRow> EnqueueAsync(PeerIndex? peer = null, int bodySizeBytes = 200)
    {
        var row = Sample.Outbox(peer ?? Sample.Peer());
        await StoreAssert.CommitsAsync(Store, new Enqueue(row, Sample.Bytes(bodySizeBytes)));
        return row;
    }

    private Task<IReadOnlyList<ClaimedOutboxRow>> ClaimAsync(PeerIndex peer, DateTimeOffset now, int max = 256) =>
        Store.ClaimOutboxAsync(peer, max, now, now.Add(Lease), Worker, default);

    private async Task<ClaimedOutboxRow> ClaimOneAsync(OutboxRow row)
    {
        var claimed = Assert.Single(await ClaimAsync(row.PeerIndex, Sample.Now));
        Assert.Equal(row.RowId, claimed.Row.RowId);
        return claimed;
    }
}
