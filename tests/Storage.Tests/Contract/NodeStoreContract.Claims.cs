using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task ClaimOutbox_OfDueRow_LeasesCountsAndReturnsTheEnvelope()
    {
        var row = Sample.Outbox(Sample.Peer());
        var body = Sample.Bytes(16384);
        await StoreAssert.CommitsAsync(Store, new Enqueue(row, body));

        var claimed = await ClaimOneAsync(row);

        var leased = row with
        {
            Attempts = 1,
            MayHaveLeft = true,
            DueAt = Sample.Now + Lease,
            LeaseUntil = Sample.Now + Lease,
            LeaseOwner = Worker,
        };
        StoreAssert.Same(new ClaimedOutboxRow(leased, body, false), claimed);
        StoreAssert.Same(leased, await Store.GetOutboxRowAsync(row.RowId, default));
    }

    [Fact]
    public async Task ClaimOutbox_WhileTheLeaseRuns_GivesNothing()
    {
        var row = await EnqueueAsync();
        await ClaimOneAsync(row);

        Assert.Empty(await ClaimAsync(row.PeerIndex, Sample.Now.Add(Lease).AddMilliseconds(-1)));
    }

    [Fact]
    public async Task ClaimOutbox_AfterTheLeaseEnded_GivesTheRowAgain()
    {
        var row = await EnqueueAsync();
        await ClaimOneAsync(row);

        var again = Assert.Single(await ClaimAsync(row.PeerIndex, Sample.Now + Lease));

        Assert.Equal(2, again.Row.Attempts);
        Assert.True(again.HadMayHaveLeft);
    }

    [Fact]
    public async Task ClaimOutbox_OfOnePeer_TakesOnlyItsRowsOldestFirstUpToMax()
    {
        var peer = Sample.Peer();
        var first = await EnqueueAsync(peer);
        await EnqueueAsync();
        var second = await EnqueueAsync(peer);
        var third = await EnqueueAsync(peer);

        var claimed = await ClaimAsync(peer, Sample.Now, max: 2);
        var rest = await ClaimAsync(peer, Sample.Now);

        Assert.Equal([first.RowId, second.RowId], claimed.Select(row => row.Row.RowId));
        Assert.Equal([third.RowId], rest.Select(row => row.Row.RowId));
    }

    [Fact]
    public async Task ClaimOutbox_OfLargeEnvelopes_StaysWithinItsBytes()
    {
        var peer = Sample.Peer();
        for (var i = 0; i < 3; i++)
        {
            await EnqueueAsync(peer, StoreLimits.BodySizeBytesMax);
        }

        var claimed = await ClaimAsync(peer, Sample.Now);

        Assert.Equal(2, claimed.Count);
        Assert.Equal(StoreLimits.ClaimSizeBytesMax, claimed.Sum(row => row.Body.Length));
        Assert.Single(await ClaimAsync(peer, Sample.Now));
    }

    [Fact]
    public async Task ClaimOutbox_ByTwoWorkersAtOnce_NeverGivesARowTwice()
    {
        var peer = Sample.Peer();
        var rows = Enumerable.Range(0, 200).Select(_ => Sample.Outbox(peer)).ToArray();
        await StoreAssert.CommitsAsync(Store, [.. rows.Select(row => new Enqueue(row, Sample.Bytes(50)))]);
        async Task<List<RowId>> DrainAsync(string worker)
        {
            var ids = new List<RowId>();
            for (var count = 1; count > 0 && ids.Count <= rows.Length;)
            {
                var claimed = await Store.ClaimOutboxAsync(
                    peer, 7, Sample.Now, Sample.Now.Add(Lease), worker, default);
                count = claimed.Count;
                ids.AddRange(claimed.Select(row => row.Row.RowId));
            }

            return ids;
        }

        var drained = await Task.WhenAll(Task.Run(() => DrainAsync("a")), Task.Run(() => DrainAsync("b")));

        Assert.Equal(rows.Select(row => row.RowId).Order(), drained.SelectMany(ids => ids).Order());
    }

    [Fact]
    public async Task ListOutboxPeersDue_OfManyPeers_NamesEachDueOneOnce()
    {
        var (due, leased, later) = (Sample.Peer(), Sample.Peer(), Sample.Peer());
        await EnqueueAsync(due);
        await EnqueueAsync(due);
        await EnqueueAsync(leased);
        await ClaimAsync(leased, Sample.Now);
        await StoreAssert.CommitsAsync(
            Store, new Enqueue(Sample.Outbox(later) with { DueAt = Sample.Now.AddHours(1) }, Sample.Bytes(10)));

        Assert.Equal([due], await Store.ListOutboxPeersDueAsync(Sample.Now, default));
        Assert.Equal(
            new[] { due, leased, later }.Select(peer => peer.ToString()).Order(),
            (await Store.ListOutboxPeersDueAsync(Sample.Now.AddHours(1), default)).Select(peer => peer.ToString()));
        Assert.Empty(await Store.ListOutboxPeersDueAsync(Sample.Now.AddMilliseconds(-1), default));
    }

    [Fact]
    public async Task ListOutboxOverdue_OfLeasedAndFreeRows_ListsTheFreeOnes()
    {
        var (free, leased) = (await EnqueueAsync(), await EnqueueAsync());
        var giveUpAt = free.GiveUpAt;
        await Store.ClaimOutboxAsync(leased.PeerIndex, 1, giveUpAt, giveUpAt.Add(Lease), Worker, default);

        Assert.Empty(await Store.ListOutboxOverdueAsync(giveUpAt.AddMilliseconds(-1), 10, default));
        Assert.Equal(free.RowId, Assert.Single(await Store.ListOutboxOverdueAsync(giveUpAt, 10, default)).RowId);
        Assert.Equal(2, (await Store.ListOutboxOverdueAsync(giveUpAt + Lease, 10, default)).Count);
    }

    [Fact]
    public async Task WakeOutboxOfPeer_WithWaitingRows_MakesThemDueButNotThoseUnderALease()
    {
        var peer = Sample.Peer();
        var waiting = Sample.Outbox(peer) with { DueAt = Sample.Now.AddMinutes(10) };
        var leased = await EnqueueAsync(peer);
        var stranger = Sample.Outbox(Sample.Peer()) with { DueAt = Sample.Now.AddMinutes(10) };
        await ClaimAsync(peer, Sample.Now);
        await StoreAssert.CommitsAsync(
            Store, new Enqueue(waiting, Sample.Bytes(10)), new Enqueue(stranger, Sample.Bytes(10)));

        var outcome = await Store.CommitAsync(
            new NodeTransaction(HouseKeeping.OutboxWake, new WakeOutboxOfPeer(peer, Sample.Now.AddSeconds(1))),
            default);

        Assert.True(outcome.IsCommitted);
        Assert.Equal(Sample.Now.AddSeconds(1), (await Store.GetOutboxRowAsync(waiting.RowId, default))!.DueAt);
        Assert.Equal(Sample.Now + Lease, (await Store.GetOutboxRowAsync(leased.RowId, default))!.DueAt);
        Assert.Equal(stranger.DueAt, (await Store.GetOutboxRowAsync(stranger.RowId, default))!.DueAt);
    }

    [Theory]
    [InlineData(0, 1, "w")]
    [InlineData(257, 1, "w")]
    [InlineData(1, 0, "w")]
    [InlineData(1, 1, "")]
    public async Task ClaimOutbox_OutsideItsLimits_Throws(int max, int leaseSeconds, string worker) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.ClaimOutboxAsync(
            Sample.Peer(), max, Sample.Now, Sample.Now.AddSeconds(leaseSeconds), worker, default));
}
