using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Directory;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Outbox;

/// <summary>The outbox as the worker sees it: claims, leases, answers, giving up (docs/spec/exchange.md).</summary>
public sealed class DispatchPacketsTests : IAsyncLifetime
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
    public async Task Settle_Stored_IsDeliveredWithTheReceipt()
    {
        await TestNetwork.CarryAsync(Origin, Receiver);

        var row = await RowAsync();
        Assert.Equal((OutboxState.Delivered, null), (row.State, row.LastCode));
        Assert.NotNull(row.Receipt);
        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(_queued.Here));
        Assert.Empty(await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task Claim_WhileALeaseRuns_GivesNothing()
    {
        await ClaimAsync();

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        Assert.Empty(await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task Claim_AfterACrashOfTheNode_GivesThePacketAtOnce()
    {
        var first = await ClaimAsync();

        await Origin.RestartAsync();
        var second = await ClaimAsync();

        Assert.Equal((first.Id, true), (second.Id, second.HadMayHaveLeft));
        Assert.Equal(2, second.Attempts);
    }

    [Fact]
    public async Task Claim_AfterTheLeaseOfAWorkerThatHangs_GivesThePacket()
    {
        var first = await ClaimAsync();
        _network.Time.Advance(DispatchPackets.Lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        _network.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(first.Id, (await ClaimAsync()).Id);
    }

    [Fact]
    public async Task Fail_OfAWorkerWhoseLeaseEnded_LeavesTheNewHolderAlone()
    {
        using var late = new NodeServices(Origin.Services.Node, Origin.Log);
        var lost = await late.Dispatch.ClaimAsync(Receiver.Id, 256, default);
        _network.Time.Advance(DispatchPackets.Lease);
        await ClaimAsync();

        await late.Dispatch.FailAsync(lost, RefusalCode.PeerUnreachable, mayHaveLeft: true, default);

        Assert.NotNull((await RowAsync()).LeaseUntil);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("hash")]
    [InlineData("packet")]
    [InlineData("signature")]
    [InlineData("self")]
    public async Task Settle_ReceiptThatIsNotThePeersForThisEnvelope_IsNotTaken(string wrong)
    {
        var packet = await ClaimAsync();
        using var stranger = SigningKey.Generate();
        var key = wrong switch
        {
            "key" => stranger,
            "self" => Origin.Keys.Identity,
            _ => Receiver.Keys.Identity,
        };
        var hash = wrong is "hash" ? default : Envelope.Parse(packet.Envelope).Value.Hash;
        var id = wrong is "packet" ? PacketId.NewRandom() : packet.Id;
        var receipt = Receipt.Issue(key, id, hash, ReceiptOutcome.Stored, _network.Now);
        byte[] signature = [.. receipt.Signature];
        signature[40] ^= wrong is "signature" ? (byte)1 : (byte)0;

        await SettleAsync(
            packet, new DeliveryAnswer.Receipted(new StoredReceipt(receipt.Record, signature)));

        var row = await RowAsync();
        Assert.Equal((OutboxState.Queued, RefusalCode.ReceiptInvalid), (row.State, row.LastCode));
        Assert.True(row.MayHaveLeft);
        Assert.Equal(ReferralState.Submitted, await Origin.StateOfAsync(_queued.Here));
    }

    [Fact]
    public async Task Settle_ReceiptByAKeyRetiredSince_IsTaken()
    {
        using var older = SigningKey.Generate();
        SetOlderKey(older, DirectoryKeyState.Retired, _network.Now);
        var packet = await ClaimAsync();

        await SettleAsync(packet, ReceiptOf(packet, older, TestNetwork.Start));

        Assert.Equal(OutboxState.Delivered, (await RowAsync()).State);
    }

    [Theory]
    [InlineData(DirectoryKeyState.Retired)]
    [InlineData(DirectoryKeyState.Revoked)]
    public async Task Settle_ReceiptByAKeyAfterItsEnd_IsNotTaken(DirectoryKeyState state)
    {
        using var older = SigningKey.Generate();
        SetOlderKey(older, state, _network.Now.AddSeconds(-1));
        var packet = await ClaimAsync();

        await SettleAsync(packet, ReceiptOf(packet, older, TestNetwork.Start));

        Assert.Equal(RefusalCode.ReceiptInvalid, (await RowAsync()).LastCode);
    }

    [Fact]
    public async Task Settle_Unsigned_IsRefusedForGoodAndItsNumberIsFree()
    {
        var packet = await ClaimAsync();

        await SettleAsync(packet, new DeliveryAnswer.Unsigned());

        var row = await RowAsync();
        Assert.Equal((OutboxState.Refused, RefusalCode.PeerRefused), (row.State, row.LastCode));
        Assert.Null(row.Receipt);
        Assert.Equal(ReferralState.Refused, await Origin.StateOfAsync(_queued.Here));
        Assert.Equal(1UL, (await Origin.ShowAsync(_queued.Here)).File.NextSequence);
    }

    [Theory]
    [InlineData(ReceiptOutcome.Refused, OutboxState.Refused, RefusalCode.PeerRefused)]
    [InlineData(ReceiptOutcome.Conflict, OutboxState.Conflict, RefusalCode.PeerConflict)]
    public async Task Settle_SignedNo_SettlesWithTheReceipt(
        ReceiptOutcome outcome, OutboxState state, RefusalCode code)
    {
        var packet = await ClaimAsync();

        await SettleAsync(packet, ReceiptOf(packet, Receiver.Keys.Identity, _network.Now, outcome));

        var row = await RowAsync();
        Assert.Equal((state, code), (row.State, row.LastCode));
        Assert.NotNull(row.Receipt);
        Assert.Equal(ReferralState.Refused, await Origin.StateOfAsync(_queued.Here));
    }

    [Fact]
    public async Task Settle_SameReceiptTwice_ChangesNothingTheSecondTime()
    {
        var packet = await ClaimAsync();
        var answer = await Receiver.DeliverAsync(packet.Envelope, Origin.Id);
        await SettleAsync(packet, answer);
        var before = (await AuditEntry.ReadAsync(Origin)).Count;

        await SettleAsync(packet, answer);

        Assert.Equal(before, (await AuditEntry.ReadAsync(Origin)).Count);
    }

    [Fact]
    public async Task Settle_Busy_WaitsAsToldButNeverLongerThanTheLongestBackOff()
    {
        await SettleAsync(await ClaimAsync(), new DeliveryAnswer.Busy(TimeSpan.FromSeconds(7)));
        Assert.Equal(_network.Now.AddSeconds(7), (await RowAsync()).DueAt);

        _network.Time.Advance(TimeSpan.FromSeconds(7));
        await SettleAsync(await ClaimAsync(), new DeliveryAnswer.Busy(TimeSpan.MaxValue));
        Assert.Equal(_network.Now + BackOff.Max, (await RowAsync()).DueAt);
        Assert.Equal(RefusalCode.PeerBusy, (await RowAsync()).LastCode);
    }

    [Fact]
    public async Task Settle_BusyAfter72Hours_GivesUp()
    {
        _network.Time.Advance(TimeSpan.FromHours(72));

        await SettleAsync(await ClaimAsync(), new DeliveryAnswer.Busy(TimeSpan.FromSeconds(1)));

        Assert.Equal(OutboxState.Undelivered, (await RowAsync()).State);
    }

    [Fact]
    public async Task Fail_Before72Hours_PutsBackWithinTheBackOff()
    {
        var packet = await ClaimAsync();

        await Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, mayHaveLeft: false, default);

        var row = await RowAsync();
        Assert.InRange(row.DueAt, _network.Now, _network.Now + BackOff.Ceiling(1));
        Assert.Equal((OutboxState.Queued, RefusalCode.PeerUnreachable), (row.State, row.LastCode));
        Assert.False(row.MayHaveLeft);
        Assert.Null(row.LeaseUntil);
    }

    [Fact]
    public async Task Fail_After72Hours_IsUndeliveredAndSomebodyMustTelephone()
    {
        _network.Time.Advance(TimeSpan.FromHours(72));

        await Dispatch.FailAsync([await ClaimAsync()], RefusalCode.PeerUnreachable, mayHaveLeft: false, default);

        var row = await RowAsync();
        Assert.Equal((OutboxState.Undelivered, RefusalCode.Undelivered), (row.State, row.LastCode));
        Assert.Equal(ReferralState.Undelivered, await Origin.StateOfAsync(_queued.Here));
        Assert.Equal(AuditDetailKind.PacketUndelivered, (await AuditEntry.ReadAsync(Origin))[^1].Kind);
    }

    [Fact]
    public async Task Settle_LateReceiptOfAnUndeliveredPacket_DeliversItAfterAll()
    {
        _network.Time.Advance(TimeSpan.FromHours(72));
        var packet = await ClaimAsync();
        var answer = await Receiver.DeliverAsync(packet.Envelope, Origin.Id);
        await Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, mayHaveLeft: true, default);

        await SettleAsync(packet, answer);

        Assert.Equal(OutboxState.Delivered, (await RowAsync()).State);
        Assert.Equal(ReferralState.Delivered, await Origin.StateOfAsync(_queued.Here));
    }

    [Fact]
    public async Task Release_AsTheNodeStops_LeavesThePacketDueAndTheAttemptUncounted()
    {
        var packet = await ClaimAsync();

        await Dispatch.ReleaseAsync([packet], mayHaveLeft: false, default);

        var row = await RowAsync();
        Assert.Equal((0, false), (row.Attempts, row.MayHaveLeft));
        Assert.Equal([Receiver.Id], await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task Wake_PacketsThatWait_AreDueAtOnce()
    {
        await Dispatch.FailAsync([await ClaimAsync()], RefusalCode.PeerUnreachable, mayHaveLeft: false, default);

        await Dispatch.WakeAsync(Receiver.Id, default);

        Assert.Equal([Receiver.Id], await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task PeersDue_SuspendedPeer_IsNotSentAnything()
    {
        _network.Change(Receiver, entry => entry with { IsSuspended = true });

        Assert.Empty(await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task PeersDue_PeerThatLeftTheDirectory_IsUndeliveredAfter72Hours()
    {
        _network.Remove(Receiver);
        _network.Time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.Empty(await Dispatch.PeersDueAsync(default));
        Assert.Equal(OutboxState.Queued, (await RowAsync()).State);

        _network.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Dispatch.PeersDueAsync(default));

        Assert.Equal(OutboxState.Undelivered, (await RowAsync()).State);
        Assert.Equal(ReferralState.Undelivered, await Origin.StateOfAsync(_queued.Here));
    }

    [Fact]
    public async Task PeersDue_OverduePacketThatNobodyTries_IsGivenUpAnHourLater()
    {
        _network.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal([Receiver.Id], await Dispatch.PeersDueAsync(default));
        _network.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal([Receiver.Id], await Dispatch.PeersDueAsync(default));

        _network.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Dispatch.PeersDueAsync(default));

        Assert.Equal(OutboxState.Undelivered, (await RowAsync()).State);
    }

    [Fact]
    public async Task PeersDueAndClaim_DirectoryEnded_HandOutNothing()
    {
        _network.Time.Advance(TimeSpan.FromDays(NodeDirectory.LifetimeDaysMax));

        Assert.Empty(await Dispatch.ClaimAsync(Receiver.Id, 256, default));
        Assert.Empty(await Dispatch.PeersDueAsync(default));
    }

    [Fact]
    public async Task PeersDue_OverduePacketOfAPeerThatCanBeCalled_IsTriedOnceMore()
    {
        _network.Time.Advance(TimeSpan.FromDays(4));

        Assert.Equal([Receiver.Id], await Dispatch.PeersDueAsync(default));
        Assert.Equal(OutboxState.Queued, (await RowAsync()).State);
    }

    [Fact]
    public async Task PeersDue_OverduePacketThatIsBeingSent_IsLeftToItsHolder()
    {
        _network.Time.Advance(TimeSpan.FromHours(72));
        await ClaimAsync();
        _network.Remove(Receiver);

        Assert.Empty(await Dispatch.PeersDueAsync(default));

        Assert.Equal(OutboxState.Queued, (await RowAsync()).State);
    }

    [Fact]
    public async Task Settle_ManyAnswersOfOneConversation_LosesNone()
    {
        await _network.CarryAllAsync();
        var there = (await Receiver.NewestAsync()).ReferralId;
        await Receiver.AnswerAsync(there, Answers.Acknowledged);
        for (var count = 0; count < 6; count++)
        {
            Assert.True((await Receiver.AnswerAsync(there, Answers.Document())).IsOk);
        }

        await TestNetwork.CarryAsync(Receiver, Origin);

        Assert.Equal(7UL, (await Origin.ShowAsync(_queued.Here)).File.LastAppliedSequence);
        Assert.All(
            await Receiver.Store.ListOutboxAsync(true, 10, default),
            row => Assert.Equal(OutboxState.Delivered, row.State));
    }

    private async Task<ClaimedPacket> ClaimAsync() =>
        Assert.Single(await Dispatch.ClaimAsync(Receiver.Id, 256, default));

    private Task SettleAsync(ClaimedPacket packet, DeliveryAnswer answer) =>
        Dispatch.SettleAsync(Receiver.Id, [(packet, answer)], default);

    private async Task<OutboxRow> RowAsync() =>
        (await Origin.Store.GetOutboxRowAsync(_queued.OutboxId, default))!;  // queued before every test

    private void SetOlderKey(SigningKey key, DirectoryKeyState state, DateTimeOffset since) =>
        _network.Change(Receiver, entry => entry with
        {
            Keys = [entry.Keys[0], new DirectoryKey(key.Public, state, since)],
        });

    private static DeliveryAnswer.Receipted ReceiptOf(
        ClaimedPacket packet, SigningKey key, DateTimeOffset at, ReceiptOutcome outcome = ReceiptOutcome.Stored)
    {
        var hash = Envelope.Parse(packet.Envelope).Value.Hash;
        var receipt = Receipt.Issue(key, packet.Id, hash, outcome, at);
        return new DeliveryAnswer.Receipted(new StoredReceipt(receipt.Record, receipt.Signature));
    }
}
