using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Outbox;

/// <summary>What waits to leave is taken back when the person agrees to less, or the case is stopped
/// (docs/spec/casework.md, rule 2.17).</summary>
public sealed class RecallPacketsTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs
    private Referral _queued = null!;  // likewise

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    private DispatchPackets Dispatch => Origin.Services.Dispatch;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync();
        _queued = await _network.QueueAsync();
    }

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Claim_ConsentNarrowedMeanwhile_HandsOutNothing()
    {
        await NarrowAsync();

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        var row = await RowAsync();
        Assert.Equal((OutboxState.Cancelled, RefusalCode.GrantMissing), (row.State, row.LastCode));
        var conversation = await Origin.ShowAsync(_queued.Here);
        Assert.Equal((ReferralState.Draft, 1UL), (conversation.State, conversation.File.NextSequence));
        var entry = (await AuditEntry.ReadAsync(Origin))[^1];
        Assert.Equal((AuditDetailKind.OutboxChanged, (int)RefusalCode.GrantMissing),
            (entry.Kind, entry.Detail.ReasonCode));
    }

    [Fact]
    public async Task Claim_GrantShortenedMeanwhile_HandsOutNothing()
    {
        var shorter = Receiver.Grant(Category.Services) with { ExpiresAt = _network.Now.AddDays(5) };
        await _network.AgreeAsync([shorter], _queued.CaseId);

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
    }

    [Fact]
    public async Task Claim_ConsentRevisedButStillCovers_HandsOutThePacket()
    {
        await _network.AgreeAsync(
            [Receiver.Grant(Category.Services), Receiver.Grant(Category.Identity)], _queued.CaseId);

        await ClaimAsync();
    }

    [Fact]
    public async Task Claim_CaseStoppedMeanwhile_HandsOutNothing()
    {
        await Origin.Services.Draft.StopAsync(Origin.Caseworker, _queued.CaseId, default);

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        var row = await RowAsync();
        Assert.Equal((OutboxState.Cancelled, RefusalCode.PossibleMinor), (row.State, row.LastCode));
    }

    [Fact]
    public async Task Stop_PacketOnItsWay_SaysThatItCannotBeCalledBack()
    {
        await ClaimAsync();

        var told = await Origin.Services.Draft.StopAsync(Origin.Caseworker, _queued.CaseId, default);

        Assert.Equal(RefusalCode.PossibleMinor, told.Code);
        Assert.Contains("cannot be called back", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_CancellationOfAStoppedCase_StillLeaves()
    {
        await TestNetwork.CarryAsync(Origin, Receiver);
        await Origin.AnswerAsync(_queued.Here, Answers.Cancelled);

        await Origin.Services.Draft.StopAsync(Origin.Caseworker, _queued.CaseId, default);

        await ClaimAsync();
    }

    [Fact]
    public async Task Claim_ConsentNarrowedWhileAPacketIsOnItsWay_IsNotTriedAgain()
    {
        var packet = await ClaimAsync();
        await NarrowAsync();

        await Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, mayHaveLeft: true, default);
        await Dispatch.WakeAsync(Receiver.Id, default);

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        var row = await RowAsync();
        Assert.Equal((OutboxState.Undelivered, RefusalCode.GrantMissing), (row.State, row.LastCode));
    }

    [Fact]
    public async Task Settle_ReceiptOfAPacketThatWasOnItsWayAsConsentWasNarrowed_IsTaken()
    {
        var packet = await ClaimAsync();
        await NarrowAsync();

        await SettleAsync(packet, await Receiver.DeliverAsync(packet.Envelope, Origin.Id));

        Assert.Equal(OutboxState.Delivered, (await RowAsync()).State);
        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(_queued.Here));
    }

    [Fact]
    public async Task Record_PacketClaimedBetweenReadAndCommit_IsNarrowedAllTheSame()
    {
        Origin.Watched.Before = ("consent-record", ClaimAsync);

        await NarrowAsync();

        Assert.Equal(OutboxState.Undelivered, (await RowAsync()).State);
    }

    private async Task NarrowAsync() =>
        await _network.AgreeAsync([Receiver.Grant(Category.Identity)], _queued.CaseId);

    private async Task<ClaimedPacket> ClaimAsync() =>
        Assert.Single(await Dispatch.ClaimAsync(Receiver.Id, 256, default));

    private Task SettleAsync(ClaimedPacket packet, DeliveryAnswer answer) =>
        Dispatch.SettleAsync(Receiver.Id, [(packet, answer)], default);

    private async Task<OutboxRow> RowAsync() =>
        (await Origin.Store.GetOutboxRowAsync(_queued.OutboxId, default))!;  // queued before
}
