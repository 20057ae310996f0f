using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Outbox;

/// <summary>The outbox as people see it: retry brings back, cancel only what has not left, and numbers are never lost.
/// </summary>
public sealed class ManageOutboxTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task List_WhatWaits_NamesThePeerAndTheState()
    {
        await _network.QueueAsync();
        var queued = Assert.Single(await Origin.Services.Outbox.ListAsync(false, default));
        Assert.Equal((Receiver.Id.ToString(), "QUEUED"), (queued.Peer, queued.State));

        await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default);
        Assert.Equal("SENDING", Assert.Single(await Origin.Services.Outbox.ListAsync(false, default)).State);
    }

    [Fact]
    public async Task Retry_PacketThatIsBeingSent_IsLeftToItsWorker()
    {
        var queued = await _network.QueueAsync();
        await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default);
        var before = await Origin.Store.GetOutboxRowAsync(queued.OutboxId, default);

        Assert.True((await RetryAsync(queued.OutboxId)).IsOk);

        var after = await Origin.Store.GetOutboxRowAsync(queued.OutboxId, default);
        Assert.NotNull(before!.LeaseUntil);
        Assert.Equal((before.LeaseUntil, before.LeaseOwner), (after!.LeaseUntil, after.LeaseOwner));
    }

    [Fact]
    public async Task Retry_UndeliveredPacket_BringsItBackFor72Hours()
    {
        var queued = await _network.QueueAsync();
        await GiveUpAsync();

        Assert.True((await RetryAsync(queued.OutboxId)).IsOk);
        Assert.Equal(ReferralState.Submitted, await Origin.StateOfAsync(queued.Here));
        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(queued.Here));
    }

    [Fact]
    public async Task Retry_UndeliveredPacket_IsSealedAgainAndTakenOnce()
    {
        var queued = await _network.QueueAsync();
        var first = Assert.Single(await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default));
        await Receiver.DeliverAsync(first.Envelope, Origin.Id);  // arrives, and the answer is lost
        _network.Time.Advance(TimeSpan.FromHours(72));
        await Origin.Services.Dispatch.FailAsync([first], RefusalCode.PeerUnreachable, mayHaveLeft: true, default);

        Assert.True((await RetryAsync(queued.OutboxId)).IsOk);
        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(queued.Here));
        Assert.NotEqual(first.Id, (await Origin.Store.GetOutboxRowAsync(queued.OutboxId, default))!.PacketId);
        Assert.Single((await Receiver.NewestAsync()).File.Packets);
        await AuditAssert.EveryTagIsOpenedAndClosedOnceAsync(Origin);
    }

    [Fact]
    public async Task Retry_NoKeyOfTheRecipientIsKnown_IsRefused()
    {
        var queued = await _network.QueueAsync();
        await GiveUpAsync();
        await Origin.Services.Keys.ForgetAsync(Receiver.Id, default);

        Assert.Equal(RefusalCode.PeerKeysMissing, (await RetryAsync(queued.OutboxId)).Refusal.Code);
    }

    [Fact]
    public async Task Cancel_SealedAgainBetweenReadAndCommit_IsChangedMeanwhile()
    {
        var queued = await _network.QueueAsync();
        _network.Time.Advance(TimeSpan.FromDays(1));
        Origin.Watched.Before = ("outbox-cancel", async () =>
        {
            var claimed = Assert.Single(await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default));
            await Origin.Services.Dispatch.SettleAsync(
                Receiver.Id, [(claimed, new DeliveryAnswer.KeyGone())], default);
        });

        Assert.Equal(RefusalCode.ChangedMeanwhile, (await CancelAsync(queued.OutboxId)).Refusal.Code);
        await _network.CarryAllAsync();

        await AuditAssert.EveryTagIsOpenedAndClosedOnceAsync(Origin);
    }

    [Fact]
    public async Task Retry_ConsentOver_IsRefused()
    {
        var queued = await _network.QueueAsync();
        await GiveUpAsync();
        await _network.AgreeAsync([Receiver.Grant(Category.Identity)], queued.CaseId);

        Assert.Equal(RefusalCode.GrantMissing, (await RetryAsync(queued.OutboxId)).Refusal.Code);
        Assert.Empty(await Origin.Services.Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task Retry_CaseStopped_IsRefused()
    {
        var queued = await _network.QueueAsync();
        await GiveUpAsync();
        await Origin.Services.Draft.StopAsync(Origin.Caseworker, queued.CaseId, default);

        Assert.Equal(RefusalCode.PossibleMinor, (await RetryAsync(queued.OutboxId)).Refusal.Code);
    }

    [Fact]
    public async Task Retry_ConsentRevisedBetweenReadAndCommit_IsChangedMeanwhile()
    {
        var queued = await _network.QueueAsync();
        await GiveUpAsync();
        Origin.Watched.Before = (
            "outbox-retry", () => _network.AgreeAsync([Receiver.Grant(Category.Identity)], queued.CaseId));

        Assert.Equal(RefusalCode.ChangedMeanwhile, (await RetryAsync(queued.OutboxId)).Refusal.Code);
    }

    [Fact]
    public async Task Retry_DeliveredPacket_IsRefused()
    {
        var referral = await _network.DeliverAsync();

        Assert.Equal(RefusalCode.StateForbids, (await RetryAsync(referral.OutboxId)).Refusal.Code);
    }

    [Fact]
    public async Task RetryAndCancel_RowThatIsNotThere_SaySo()
    {
        var id = RowId.New(_network.Time);

        Assert.Equal(RefusalCode.NotFound, (await RetryAsync(id)).Refusal.Code);
        Assert.Equal(RefusalCode.NotFound, (await CancelAsync(id)).Refusal.Code);
    }

    [Fact]
    public async Task Cancel_NothingLeft_MakesADraftOfItAgainThatCanBeSent()
    {
        var queued = await _network.QueueAsync();

        Assert.True((await CancelAsync(queued.OutboxId)).IsOk);
        Assert.Equal(ReferralState.Draft, await Origin.StateOfAsync(queued.Here));
        Assert.Empty(await Origin.Services.Dispatch.PeersDueAsync(default));

        Assert.True((await _network.SendAsync(queued.Here)).IsOk);
        await _network.CarryAllAsync();
        Assert.Equal((1UL, 0), await AppliedAsync());
    }

    [Fact]
    public async Task Cancel_AClaimedPacket_IsRefusedAlsoAfterItsLease()
    {
        var queued = await _network.QueueAsync();
        await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default);

        Assert.Equal(RefusalCode.MayHaveLeft, (await CancelAsync(queued.OutboxId)).Refusal.Code);
        _network.Time.Advance(DispatchPackets.Lease);
        Assert.Equal(RefusalCode.MayHaveLeft, (await CancelAsync(queued.OutboxId)).Refusal.Code);
    }

    [Fact]
    public async Task Cancel_AfterAnAttemptThatNeverConnected_IsAllowed()
    {
        var queued = await _network.QueueAsync();
        var claimed = await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default);
        await Origin.Services.Dispatch.FailAsync(claimed, RefusalCode.PeerUnreachable, mayHaveLeft: false, default);

        Assert.True((await CancelAsync(queued.OutboxId)).IsOk);
    }

    [Fact]
    public async Task Cancel_AnAnswer_LetsItBeGivenAgainUnderTheSameNumber()
    {
        var referral = await _network.DeliverAsync();
        var decision = (await Receiver.AnswerAsync(referral.There, Answers.Accepted)).Value;

        Assert.True((await Receiver.Services.Outbox.CancelAsync(Receiver.Caseworker, decision, default)).IsOk);
        Assert.Equal(ReferralState.Delivered, await Receiver.StateOfAsync(referral.There));
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.Accepted)).IsOk);
        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Accepted, await Origin.StateOfAsync(referral.Here));
        Assert.Equal(1UL, (await Origin.ShowAsync(referral.Here)).File.LastAppliedSequence);
    }

    [Fact]
    public async Task Cancel_ACancellation_LeavesTheReferralAsItWas()
    {
        var referral = await _network.AcceptAsync();
        var cancellation = (await Origin.AnswerAsync(referral.Here, Answers.Cancelled)).Value;

        Assert.True((await CancelAsync(cancellation)).IsOk);

        Assert.Equal(ReferralState.Accepted, await Origin.StateOfAsync(referral.Here));
    }

    [Fact]
    public async Task Cancel_AnAnswerAfterTheReferralMovedOn_LeavesTheNewState()
    {
        var referral = await _network.DeliverAsync();
        var acknowledgement = (await Receiver.AnswerAsync(referral.There, Answers.Acknowledged)).Value;
        Assert.True((await Origin.AnswerAsync(referral.Here, Answers.Cancelled)).IsOk);
        await TestNetwork.CarryAsync(Origin, Receiver);

        Assert.True((await Receiver.Services.Outbox.CancelAsync(Receiver.Caseworker, acknowledgement, default)).IsOk);

        Assert.Equal(ReferralState.Cancelled, await Receiver.StateOfAsync(referral.There));
    }

    [Fact]
    public async Task Settle_RefusedAnswer_LetsItBeGivenAgainUnderTheSameNumber()
    {
        var referral = await _network.DeliverAsync();
        await Receiver.AnswerAsync(referral.There, Answers.Accepted);
        var packet = Assert.Single(await Receiver.Services.Dispatch.ClaimAsync(Origin.Id, 256, default));
        await Receiver.Services.Dispatch.SettleAsync(Origin.Id, [(packet, new DeliveryAnswer.Unsigned())], default);

        Assert.Equal(ReferralState.Delivered, await Receiver.StateOfAsync(referral.There));
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.Accepted)).IsOk);
        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Accepted, await Origin.StateOfAsync(referral.Here));
        Assert.Equal((1UL, 0), Applied((await Origin.ShowAsync(referral.Here)).File));
    }

    [Fact]
    public async Task Settle_RefusedPacketBetweenOthers_LeavesNoGapForGood()
    {
        var referral = await _network.DeliverAsync();
        await Origin.AnswerAsync(referral.Here, Answers.Document());
        await Origin.AnswerAsync(referral.Here, Answers.Document());
        var claimed = await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 256, default);
        var stored = await Receiver.DeliverAsync(claimed[1].Envelope, Origin.Id);
        await Origin.Services.Dispatch.SettleAsync(
            Receiver.Id, [(claimed[0], new DeliveryAnswer.Unsigned()), (claimed[1], stored)], default);
        Assert.Equal((1UL, 1), await AppliedAsync());

        Assert.True((await Origin.AnswerAsync(referral.Here, Answers.Document())).IsOk);
        await _network.CarryAllAsync();

        Assert.Equal((3UL, 0), await AppliedAsync());
    }

    private static (ulong Applied, int Missing) Applied(Exchange.Records.ConversationFile file) =>
        (file.LastAppliedSequence, file.Missing);

    private async Task<(ulong Applied, int Missing)> AppliedAsync() => Applied((await Receiver.NewestAsync()).File);

    private async Task GiveUpAsync()
    {
        _network.Time.Advance(TimeSpan.FromHours(72));
        var claimed = await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 256, default);
        await Origin.Services.Dispatch.FailAsync(claimed, RefusalCode.PeerUnreachable, mayHaveLeft: true, default);
    }

    private Task<Result<Done>> RetryAsync(RowId id) =>
        Origin.Services.Outbox.RetryAsync(Origin.Caseworker, id, default);

    private Task<Result<Done>> CancelAsync(RowId id) =>
        Origin.Services.Outbox.CancelAsync(Origin.Caseworker, id, default);
}
