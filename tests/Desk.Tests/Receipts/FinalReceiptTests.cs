using CbssReturn.AuditLog;
using CbssReturn.Desk.Receipts;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Receipts;

/// <summary>A receipt becomes final with a proof of the receiver's entry, and nothing but the truth is kept
/// (docs/spec/receipt-proof.md, section 3).</summary>
public sealed class FinalReceiptTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs
    private TestPublisher _there = null!;  // likewise

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    private KeepFinalReceipts Keep => Origin.Services.KeepFinal;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync();
        _there = await TestPublisher.BeginAsync(Receiver, _network.Time);
    }

    public async Task DisposeAsync()
    {
        _there.Dispose();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Give_NoCheckpointCoversTheEntry_GivesNothing()
    {
        await _there.PublishAsync();
        await _network.DeliverAsync();
        await _there.DrainAsync();
        Assert.Empty(await GiveAsync(await WaitingAsync()));

        await _there.PublishAsync();
        Assert.Single(await GiveAsync(await WaitingAsync()));
    }

    [Fact]
    public async Task Give_NoQuorumYet_GivesNothingUntilThereIsOne()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync(isCosigned: false);
        Assert.Empty(await GiveAsync(await WaitingAsync()));

        await _there.PublishAsync();
        Assert.Single(CosignaturesOf(Assert.Single(await GiveAsync(await WaitingAsync()))));
    }

    [Fact]
    public async Task Give_NewestIsBare_GivesTheOneBeforeThatIsCosigned()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        await _there.PublishAsync(isCosigned: false);

        Assert.Single(CosignaturesOf(Assert.Single(await GiveAsync(await WaitingAsync()))));
    }

    [Fact]
    public async Task Give_WitnessesAreAway_GivesWhatThereIsAfterFourCheckpoints()
    {
        await _network.DeliverAsync();
        for (var bare = 0; bare < 3; bare++)
        {
            await _there.PublishAsync(isCosigned: false);
        }

        Assert.Empty(await GiveAsync(await WaitingAsync()));

        await _there.PublishAsync(isCosigned: false);
        Assert.Empty(CosignaturesOf(Assert.Single(await GiveAsync(await WaitingAsync()))));
    }

    [Fact]
    public async Task Give_TheSamePacketTwice_IsAMistake()
    {
        await _network.DeliverAsync();
        var waiting = await WaitingAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => GiveAsync([waiting[0], waiting[0]]));
    }

    [Fact]
    public async Task Give_ToAnotherPeerOrOfAnUnknownPacket_GivesNothing()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var waiting = await WaitingAsync();

        Assert.Empty(await GiveAsync(waiting, TestNetwork.ThirdId));
        Assert.Empty(await GiveAsync([new UnprovenPacket(default, PacketId.NewRandom())]));
    }

    [Fact]
    public async Task Take_TrueProof_IsKeptAndTheLogSaysSo()
    {
        var referral = await _network.DeliverAsync();
        await _there.PublishAsync();
        Assert.Equal([Receiver.Id], await Keep.PeersAsync(default));

        Assert.Equal(new TakenReceipts(1, 0), await PullAsync());

        var entries = await AuditEntry.ReadAsync(Origin);
        var (sent, stored) = (entries.First(entry => entry.Row.Event is AuditEvent.PacketSent).Row, entries[^1].Row);
        var theirs = (await _there.EntriesAsync())[(int)stored.PeerEntryIndex];
        var proof = await Origin.Audit.GetProofAsync(referral.OutboxId, default);
        Assert.Equal((AuditEvent.ReceiptStored, AuditOutcome.Done), (stored.Event, stored.Outcome));
        Assert.Equal((AuditEvent.PacketReceived, sent.Tag, sent.Tag), (theirs.Event, theirs.Tag, stored.Tag));
        Assert.Equal(sent.Handle.ToArray(), stored.Handle.ToArray());
        Assert.Equal(sent.Peer.ToArray(), stored.Peer.ToArray());
        Assert.Equal(LogEntry.PeerName(Member.Receiver.LogOrigin), stored.Peer.ToArray());
        Assert.Equal(stored.PeerEntryIndex, proof!.PeerEntryIndex);
        Assert.Empty(await Keep.PeersAsync(default));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task Take_ProofOfARefusal_IsKeptUnderTheRefusedTag()
    {
        await _network.QueueAsync();
        var packet = Assert.Single(await Origin.Services.Dispatch.ClaimAsync(Receiver.Id, 1, default));
        _network.Time.Advance(TimeSpan.FromDays(31));  // its envelope has ended
        var answer = await Receiver.DeliverAsync(packet.Envelope, Origin.Id);
        Assert.Equal(ReceiptOutcome.Refused, Forgery.ReceiptIn(answer).Outcome);
        await Origin.Services.Dispatch.SettleAsync(Receiver.Id, [(packet, answer)], default);
        await _there.PublishAsync();

        Assert.Equal(new TakenReceipts(1, 0), await PullAsync());

        var hash = Envelope.Parse(packet.Envelope).Value.Hash;
        var stored = (await AuditEntry.ReadAsync(Origin))[^1].Row;
        Assert.Equal((AuditEvent.ReceiptStored, LogEntry.RefusedTag(hash)), (stored.Event, stored.Tag));
        Assert.Equal(AuditEvent.PacketRefused, (await _there.EntriesAsync())[(int)stored.PeerEntryIndex].Event);
    }

    [Theory]
    [InlineData("no entry", RefusalCode.EntryMalformed)]
    [InlineData("no proof", RefusalCode.ProofMalformed)]
    [InlineData("a large proof", RefusalCode.ProofMalformed)]
    [InlineData("another receipt", RefusalCode.ReceiptInvalid)]
    [InlineData("another packet", RefusalCode.ReceiptInvalid)]
    [InlineData("another event", RefusalCode.ReceiptInvalid)]
    [InlineData("another node", RefusalCode.ReceiptInvalid)]
    [InlineData("an entry that is not there", RefusalCode.InclusionWrong)]
    [InlineData("a checkpoint that nobody signed", RefusalCode.NoteSignatureWrong)]
    [InlineData("a wrong cosignature", RefusalCode.NoteSignatureWrong)]
    public async Task Take_WhatIsNotTrue_IsNotKeptAndToldOnce(string lie, RefusalCode code)
    {
        await _network.DeliverAsync();
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var waiting = await WaitingAsync();
        var given = await GiveAsync(waiting);
        var told = new Lies(Receiver, _network.Now).Tell(lie, given[0], given[1]);

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(new TakenReceipts(0, 1), await Keep.TakeAsync(Receiver.Id, waiting, [told], default));
        }

        Assert.Equal([code, code, code], Origin.Log.Codes);
        var noted = Assert.Single(
            await AuditEntry.ReadAsync(Origin), entry => entry.Kind is AuditDetailKind.ReceiptProofWrong);
        Assert.Equal((AuditOutcome.Refused, (int)code), (noted.Row.Outcome, noted.Detail.ReasonCode));
        Assert.Equal(waiting[0].Id.ToArray(), noted.Detail.PacketId.ToArray());
        Assert.Null(await Origin.Audit.GetProofAsync(waiting[0].Row, default));

        Assert.Equal(new TakenReceipts(2, 0), await Keep.TakeAsync(Receiver.Id, waiting, given, default));
    }

    [Fact]
    public async Task Take_WhatIsNotTrueAfterARestart_IsNotNotedAgain()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var waiting = await WaitingAsync();
        var wrong = (await GiveAsync(waiting))[0] with { Entry = default };
        await Keep.TakeAsync(Receiver.Id, waiting, [wrong], default);
        using (var publisher = await TestPublisher.BeginAsync(Origin, _network.Time))
        {
            await publisher.DrainAsync();
        }

        await Origin.RestartAsync();
        await Keep.TakeAsync(Receiver.Id, waiting, [wrong], default);

        Assert.Empty(await AuditEntry.ReadAsync(Origin));
        Assert.Equal(2, Origin.Log.Codes.Count);
    }

    [Fact]
    public async Task Take_ReceiversDirectoryDidNotKnowOurLog_IsKept()
    {
        _network.Change(Origin, entry => entry with { Log = null });
        await _network.DeliverAsync();
        _network.Change(Origin, _ => TestNetwork.EntryOf(Member.Origin));
        await _there.PublishAsync();

        Assert.Equal(new TakenReceipts(1, 0), await PullAsync());
    }

    [Fact]
    public async Task Take_NobodyAskedForIt_IsPassedOver()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var given = await GiveAsync(await WaitingAsync());

        Assert.Equal(
            new TakenReceipts(0, 0),
            await Keep.TakeAsync(Receiver.Id, [new UnprovenPacket(default, PacketId.NewRandom())], given, default));
        Assert.Equal(
            new TakenReceipts(1, 0),
            await Keep.TakeAsync(Receiver.Id, await WaitingAsync(), [.. given, .. given], default));
    }

    [Fact]
    public async Task Take_Twice_IsKeptOnce()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var waiting = await WaitingAsync();
        var given = await GiveAsync(waiting);

        Assert.Equal(new TakenReceipts(1, 0), await Keep.TakeAsync(Receiver.Id, waiting, given, default));
        Assert.Equal(new TakenReceipts(0, 0), await Keep.TakeAsync(Receiver.Id, waiting, given, default));

        Assert.Single(await AuditEntry.ReadAsync(Origin), entry => entry.Row.Event is AuditEvent.ReceiptStored);
    }

    [Theory]
    [InlineData(WatchedStore.Fault.NotKept)]
    [InlineData(WatchedStore.Fault.KeptButNotTold)]
    public async Task Take_StoreFails_IsKeptOnceInTheEnd(WatchedStore.Fault fault)
    {
        var referral = await _network.DeliverAsync();
        await _there.PublishAsync();
        Origin.Watched.Next = ("receipt-final", fault);

        await Assert.ThrowsAsync<StoreException>(PullAsync);
        await PullAsync();

        Assert.NotNull(await Origin.Audit.GetProofAsync(referral.OutboxId, default));
        Assert.Single(await AuditEntry.ReadAsync(Origin), entry => entry.Row.Event is AuditEvent.ReceiptStored);
    }

    [Fact]
    public async Task Peers_WithoutALogOrSuspended_AreNotAsked()
    {
        await _network.DeliverAsync();
        _network.Change(Receiver, entry => entry with { IsSuspended = true });
        Assert.Empty(await Keep.PeersAsync(default));

        _network.Change(Receiver, entry => entry with { IsSuspended = false, Log = null });
        Assert.Empty(await Keep.PeersAsync(default));
    }

    [Fact]
    public async Task Show_Referral_TellsHowFarEachReceiptIs()
    {
        var queued = await _network.QueueAsync();
        Assert.Null(await ReceiptAsync(queued));

        await _network.CarryAllAsync();
        Assert.Equal(new PacketReceipt(ReceiptOutcome.Stored, _network.Now, null), await ReceiptAsync(queued));

        var checkpoint = Checkpoint.Parse((await _there.PublishAsync()).Text).Value;
        await PullAsync();
        var place = (await ReceiptAsync(queued))!.Final!;
        Assert.Equal((Member.Receiver.LogOrigin, checkpoint.Size, 1), (place.Origin, place.Size, place.WitnessCount));
        Assert.Equal(_network.Now, place.CosignedAt);
    }

    [Fact]
    public async Task Prove_FinalReceipt_IsAFileThatVerifiesOffline()
    {
        await _network.DeliverAsync();
        await _there.PublishAsync();
        var packet = (await WaitingAsync())[0].Id;
        Assert.Equal(RefusalCode.ReceiptNotFinal, (await ProveAsync(packet)).Refusal.Code);
        await PullAsync();

        var file = ReceiptProof.Parse((await ProveAsync(packet)).Value.File).Value;

        var nodes = Origin.Directory.Now.Nodes;
        var verified = file.Verify(
            Receiver.Keys.Identity.Public,
            nodes.Single(node => node.Id == Receiver.Id).Log!.LogKey,
            [nodes.Single(node => node.Id == TestNetwork.ThirdId).Log!.WitnessKey!],
            1);
        Assert.Equal((packet, true, true), (file.Receipt.PacketId, verified.IsOk, file.IsTimely));
        Assert.Equal(RefusalCode.NotFound, (await ProveAsync(PacketId.NewRandom())).Refusal.Code);
    }

    private Task<Result<ProvenPacket>> ProveAsync(PacketId packet) =>
        Origin.Services.Prove.ProveAsync(Origin.Caseworker, packet, default);

    private async Task<PacketReceipt?> ReceiptAsync(Referral referral) =>
        (await Origin.Services.Show.ShowAsync(Origin.Caseworker, referral.Here, default)).Value.Packets[0].Receipt;

    private Task<IReadOnlyList<UnprovenPacket>> WaitingAsync() => Keep.WaitingAsync(Receiver.Id, default, default);

    private Task<IReadOnlyList<FinalReceipt>> GiveAsync(IReadOnlyList<UnprovenPacket> packets, NodeId? peer = null) =>
        Receiver.Services.GiveFinal.FindAsync([.. packets.Select(packet => packet.Id)], peer ?? Origin.Id, default);

    private static IEnumerable<NoteSignature> CosignaturesOf(FinalReceipt given) =>
        TlogProof.Parse(given.TlogProof.Span).Value.Note.Signatures.Skip(1);

    private async Task<TakenReceipts> PullAsync()
    {
        var waiting = await WaitingAsync();
        return await Keep.TakeAsync(Receiver.Id, waiting, await GiveAsync(waiting), default);
    }
}
