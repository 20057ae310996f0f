using System.Reflection;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>Every use case is one named transaction with its audit intake, and survives a store that fails: a change
/// that was not kept can be asked for again, one that was kept is not made twice.</summary>
public sealed class TransactionTests : IAsyncLifetime
{
    private static readonly string[] Names =
    [
        "access-deny", "answer-send", "case-stop", "consent-record", "consent-show", "detail-show", "details-erase",
        "directory-apply", "epoch-keys", "movement-send", "node-start", "outbox-cancel", "outbox-defer",
        "outbox-retry", "outbox-settle", "outbox-wake", "packet-conflict", "packet-receive", "packet-refuse",
        "packet-reseal", "peer-epoch-keys", "receipt-export", "receipt-final", "receipt-wrong", "referral-draft",
        "referral-send", "section-open", "user-add", "user-remove",
    ];

    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task UseCases_AllOfThem_CommitOnlyTransactionsThatAreAuditedOrHouseKeeping()
    {
        await DoEverythingAsync();

        NodeTransaction[] committed = [.. Origin.Watched.Committed, .. Receiver.Watched.Committed];
        var houseKeeping = typeof(HouseKeeping).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToArray();
        Assert.Equal(Names, committed.Select(transaction => transaction.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(committed, transaction => Assert.Equal(
            houseKeeping.Contains(transaction.Name) ? 0 : EntriesOf(transaction.Name),
            transaction.Changes.Count(change => change is AppendAuditIntake)));
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Receive_StoreFails_AnswersNothingAndTheRepeatIsStoredOnce(WatchedStore.Fault fault)
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());
        Receiver.Watched.Next = ("packet-receive", fault);

        await Assert.ThrowsAsync<StoreException>(() => Receiver.DeliverAsync(wire, Origin.Id));
        var receipt = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        Assert.Equal(ReceiptOutcome.Stored, receipt.Outcome);
        Assert.Single((await Receiver.NewestAsync()).File.Packets);
        Assert.Single(await AuditEntry.ReadAsync(Receiver));
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Receive_StoreFailsAtARefusal_TheRepeatIsRefusedOnce(WatchedStore.Fault fault)
    {
        var wire = Forgery.FlipAfterHead(await _network.SealAsync(_network.Referral().ToParts()), 64);
        Receiver.Watched.Next = ("packet-refuse", fault);

        await Assert.ThrowsAsync<StoreException>(() => Receiver.DeliverAsync(wire, Origin.Id));

        Assert.Equal(
            ReceiptOutcome.Refused, Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id)).Outcome);
        Assert.Equal(1, await Receiver.Store.CountQuarantinedAsync(default));
    }

    [Fact]
    public async Task Send_StoreFailsBeforeItIsKept_CanBeSentAgain()
    {
        var draft = await DraftAsync();
        Origin.Watched.Next = ("referral-send", WatchedStore.Fault.NotKept);

        await Assert.ThrowsAsync<StoreException>(() => _network.SendAsync(draft));

        Assert.Equal(ReferralState.Draft, await Origin.StateOfAsync(draft));
        Assert.True((await _network.SendAsync(draft)).IsOk);
        Assert.Single(await Origin.Store.ListOutboxAsync(true, 10, default));
    }

    [Fact]
    public async Task Send_StoreFailsAfterItIsKept_IsNotSentTwice()
    {
        var draft = await DraftAsync();
        Origin.Watched.Next = ("referral-send", WatchedStore.Fault.KeptButNotTold);

        await Assert.ThrowsAsync<StoreException>(() => _network.SendAsync(draft));

        Assert.Equal(RefusalCode.AlreadySent, (await _network.SendAsync(draft)).Refusal.Code);
        Assert.Single(await Origin.Store.ListOutboxAsync(true, 10, default));
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Settle_StoreFails_TheReceiptIsTakenAfterwards(WatchedStore.Fault fault)
    {
        var queued = await _network.QueueAsync();
        Origin.Watched.Next = ("outbox-settle", fault);

        await Assert.ThrowsAsync<StoreException>(() => TestNetwork.CarryAsync(Origin, Receiver));
        _network.Time.Advance(Desk.Outbox.DispatchPackets.Lease);
        await _network.CarryAllAsync();

        Assert.Equal(
            OutboxState.Delivered, (await Origin.Store.GetOutboxRowAsync(queued.OutboxId, default))!.State);
        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(queued.Here));
        Assert.Single((await Receiver.NewestAsync()).File.Packets);
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Open_StoreFails_ShowsNothing(WatchedStore.Fault fault)
    {
        var there = (await _network.DeliverAsync()).There;
        Receiver.Watched.Next = ("section-open", fault);

        await Assert.ThrowsAsync<StoreException>(() => Receiver.OpenAsync(there, Category.Services));
    }

    // Sealing again closes one packet and opens another.
    private static int EntriesOf(string name) => name is "packet-reseal" ? 2 : 1;

    private async Task DoEverythingAsync()
    {
        await Origin.Services.List.ListAsync(Origin.Act(Role.Auditor), null, default);
        await Origin.Services.Events.StartedAsync(default);
        await Origin.Services.Events.DirectoryAppliedAsync(default);
        var administrator = Origin.Act(Role.NodeAdministrator);
        var user = (await Origin.Services.Users.AddAsync(administrator, "desk.9", Role.Caseworker, default)).Value;
        await Origin.Services.Users.RemoveAsync(administrator, user.UserId, default);
        var referral = await _network.AcceptAsync(Category.Movement);
        await Origin.Services.Consents.ShowAsync(Origin.Caseworker, referral.CaseId, default);
        await Receiver.OpenAsync(referral.There, Category.Services);
        await _network.MoveAsync(referral.Here, WireSections.Movement());
        await _network.CarryAllAsync();

        var document = (await Origin.AnswerAsync(referral.Here, Answers.Document())).Value;
        await Origin.Services.Outbox.RetryAsync(Origin.Caseworker, document, default);
        await Origin.Services.Outbox.CancelAsync(Origin.Caseworker, document, default);
        var refused = await _network.SealAsync(_network.Referral().ToParts());
        await Receiver.DeliverAsync(Forgery.FlipAfterHead(refused, 64), Origin.Id);
        await Receiver.DeliverAsync(
            await _network.SealAsync(_network.Referral().ToParts(), id: Envelope.Parse(refused).Value.Head.PacketId),
            Origin.Id);

        await PullReceiptsAsync();
        await Origin.Services.Erase.RunAsync(TimeSpan.FromDays(1), default);
        await Origin.AnswerAsync(referral.Here, Answers.Document());
        var claimed = await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default);
        await Origin.Services.Dispatch.FailAsync(claimed, RefusalCode.PeerUnreachable, false, default);
        await Origin.Services.Dispatch.WakeAsync(Receiver.Id, default);
        _network.Time.Advance(TimeSpan.FromDays(5));
        await Receiver.Services.Keys.EnsureAsync(default);
        var published = await Receiver.Services.Keys.PublishedAsync(0, default);
        await Origin.Services.Keys.LearnAsync(Receiver.Id, published, default);
        await _network.CarryAllAsync();
        await Origin.Services.Draft.StopAsync(Origin.Caseworker, referral.CaseId, default);
    }

    private async Task PullReceiptsAsync()
    {
        using var publisher = await TestPublisher.BeginAsync(Receiver, _network.Time);
        await publisher.PublishAsync();
        using var own = await TestPublisher.BeginAsync(Origin, _network.Time);
        await own.PublishAsync();
        var keep = Origin.Services.KeepFinal;
        var waiting = await keep.WaitingAsync(Receiver.Id, default, default);
        var given = await Receiver.Services.GiveFinal.FindAsync(
            [.. waiting.Select(packet => packet.Id)], Origin.Id, default);
        await keep.TakeAsync(Receiver.Id, waiting, [given[0] with { Entry = default }], default);
        Assert.Equal(given.Count, (await keep.TakeAsync(Receiver.Id, waiting, given, default)).Kept);
        Assert.True((await Origin.Services.Prove.ProveAsync(Origin.Caseworker, waiting[0].Id, default)).IsOk);
        Assert.True((await Origin.Services.Details.ShowAsync(Origin.Act(Role.Auditor), 0, default)).IsOk);
    }

    private async Task<RowId> DraftAsync()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        return (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value.ReferralId;
    }
}
