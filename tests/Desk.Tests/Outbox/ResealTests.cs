using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Outbox;

/// <summary>KEY_GONE and the automatic reseal: same message id, new packet id, delivered once.</summary>
public sealed class ResealTests : IAsyncLifetime
{
    // The seed of the day is destroyed five days later; delivery gives up before, so a person has it tried again.
    private static readonly TimeSpan SeedIsGone = TimeSpan.FromDays(EpochCalendar.SeedKeptDays + 1);

    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Settle_KeyGone_SealsAgainAndDeliversOnce()
    {
        var queued = await _network.QueueAsync();
        var first = (await RowAsync(queued)).PacketId;
        var message = (await Origin.ShowAsync(queued.Here)).File.Packets[0].Message;
        await LetTheKeyGoAsync(queued);

        var answers = await TestNetwork.CarryAsync(Origin, Receiver);
        Assert.IsType<DeliveryAnswer.KeyGone>(Assert.Single(answers));
        await _network.CarryAllAsync();

        var row = await RowAsync(queued);
        var received = Assert.Single((await Receiver.NewestAsync()).File.Packets);
        Assert.NotEqual(first, row.PacketId);
        Assert.Equal((OutboxState.Delivered, row.PacketId), (row.State, received.PacketId));
        Assert.Equal((message, 1UL), (received.Message, received.Sequence));
        Assert.True((await Receiver.OpenAsync((await Receiver.NewestAsync()).ReferralId, Category.Services)).IsOk);
        await AssertClosedAndOpenedAgainAsync();
    }

    [Fact]
    public async Task Settle_KeyGoneForTheVeryKeyThatIsKnown_BacksOffAndAsksForKeysAgain()
    {
        var queued = await _network.QueueAsync();
        var packet = await ClaimAsync();

        // The peer lost its seeds; what is known here of its keys is of no use any more.
        await SettleAsync(packet, new DeliveryAnswer.KeyGone());

        var row = await RowAsync(queued);
        Assert.Equal((packet.Id, RefusalCode.PeerKeyGone), (row.PacketId, row.LastCode));
        Assert.Equal(1, row.Attempts);
        Assert.True(await Origin.Services.Keys.NeedsKeysOfAsync(Receiver.Id, default));
        Assert.Single(await AuditEntry.ReadAsync(Origin), entry => entry.Row.Event is AuditEvent.PacketSent);
    }

    [Fact]
    public async Task Settle_KeyGoneWithoutAnotherKey_WaitsAndGivesUpInTheEnd()
    {
        var queued = await _network.QueueAsync();
        await Origin.Services.Keys.LearnAsync(Receiver.Id, [], default);

        await SettleAsync(await ClaimAsync(), new DeliveryAnswer.KeyGone());
        Assert.Equal(RefusalCode.PeerKeysMissing, (await RowAsync(queued)).LastCode);

        _network.Time.Advance(TimeSpan.FromHours(72));
        await SettleAsync(await ClaimAsync(), new DeliveryAnswer.KeyGone());
        Assert.Equal(OutboxState.Undelivered, (await RowAsync(queued)).State);
    }

    [Fact]
    public async Task Settle_KeyGoneAfterTheGrantEnded_SealsNothingAgain()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services) with { ExpiresAt = _network.Now.AddDays(5) }]);
        var queued = await QueueAsync(caseId);
        _network.Time.Advance(TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1));
        Assert.True((await Origin.Services.Outbox.RetryAsync(Origin.Caseworker, queued.OutboxId, default)).IsOk);
        var packet = await ClaimAsync();
        _network.Time.Advance(TimeSpan.FromMinutes(1));

        await SettleAsync(packet, new DeliveryAnswer.KeyGone());

        await AssertNotResealedAsync(queued, RefusalCode.GrantExpired);
    }

    [Fact]
    public async Task Settle_KeyGoneAfterConsentWasNarrowed_SealsNothingAgain()
    {
        var queued = await _network.QueueAsync();
        var packet = await ClaimAsync();
        await _network.AgreeAsync([Receiver.Grant(Category.Identity)], queued.CaseId);

        await SettleAsync(packet, new DeliveryAnswer.KeyGone());

        await AssertNotResealedAsync(queued, RefusalCode.GrantMissing, OutboxState.Undelivered);
    }

    [Fact]
    public async Task Settle_KeyGoneAfterTheCaseWasStopped_SealsNothingAgain()
    {
        var queued = await _network.QueueAsync();
        var packet = await ClaimAsync();
        await Origin.Services.Draft.StopAsync(Origin.Caseworker, queued.CaseId, default);

        await SettleAsync(packet, new DeliveryAnswer.KeyGone());

        await AssertNotResealedAsync(queued, RefusalCode.PossibleMinor, OutboxState.Undelivered);
    }

    [Fact]
    public async Task Settle_KeyGoneOfAnAnswer_SealsItAgain()
    {
        var referral = await _network.DeliverAsync();
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.Accepted)).IsOk);
        _network.Time.Advance(SeedIsGone);
        await Origin.Services.Keys.EnsureAsync(default);

        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Accepted, await Origin.StateOfAsync(referral.Here));
    }

    private async Task<Referral> QueueAsync(Storage.RowId caseId)
    {
        var drafted = await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, Exchange.Tests.Samples.WireSections.Services()));
        var row = await _network.SendAsync(drafted.Value.ReferralId);
        return new Referral(caseId, drafted.Value.ReferralId, row.Value, default);
    }

    private async Task LetTheKeyGoAsync(Referral queued)
    {
        _network.Time.Advance(SeedIsGone);
        await Receiver.Services.Keys.EnsureAsync(default);
        Assert.True((await Origin.Services.Outbox.RetryAsync(Origin.Caseworker, queued.OutboxId, default)).IsOk);
    }

    private async Task AssertNotResealedAsync(
        Referral queued, RefusalCode code, OutboxState state = OutboxState.Queued)
    {
        var row = await RowAsync(queued);
        Assert.Equal((state, code), (row.State, row.LastCode));
        Assert.Single(await AuditEntry.ReadAsync(Origin), entry => entry.Row.Outcome is AuditOutcome.Pending);
    }

    // The first packet was queued, given up, tried again and closed under one handle; the second one has its own.
    private async Task AssertClosedAndOpenedAgainAsync()
    {
        var sent = (await AuditEntry.ReadAsync(Origin))
            .Where(entry => entry.Row.Event is AuditEvent.PacketSent)
            .GroupBy(entry => (entry.Row.Tag, Convert.ToHexString(entry.Row.Handle.Span)))
            .Select(packet => packet.Select(entry => entry.Row.Outcome))
            .ToArray();
        Assert.Equal(
            [
                [AuditOutcome.Pending, AuditOutcome.Failed],
                [AuditOutcome.Pending, AuditOutcome.Done],
            ],
            sent);
    }

    private async Task<ClaimedPacket> ClaimAsync() =>
        Assert.Single(await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 256, default));

    private Task SettleAsync(ClaimedPacket packet, DeliveryAnswer answer) =>
        Origin.Services.Dispatch.SettleAsync(Receiver.Id, [(packet, answer)], default);

    private async Task<OutboxRow> RowAsync(Referral queued) =>
        (await Origin.Store.GetOutboxRowAsync(queued.OutboxId, default))!;  // queued before
}
