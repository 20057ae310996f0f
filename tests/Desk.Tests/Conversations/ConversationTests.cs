using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Tests.Conversations;

/// <summary>Order, gaps and repeats in a conversation, and whose it is (docs/spec/referral-packet.md, section
/// 6).</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private readonly ConversationId _id = ConversationId.NewRandom();
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Receive_AnothersConversationId_FindsNothingOfIt()
    {
        await StoreAsync(_network.Referral(1, _id));

        var forged = PacketForge.Answer(Answers.Cancelled.Value, _network.Now, 2, _id);
        var answer = await Receiver.DeliverAsync(
            await _network.SealAsync(forged.ToParts(), sender: Member.Third.Keys.Identity), TestNetwork.ThirdId);

        // The third member has opened a conversation of its own; the first one has not noticed.
        Assert.Equal(ReceiptOutcome.Stored, Forgery.ReceiptIn(answer).Outcome);
        var listed = (await Receiver.Services.List.ListAsync(Receiver.Caseworker, null, default)).Value;
        Assert.Equal(ReferralState.Delivered, listed.Single(item => item.File.Peer == Origin.Id).State);
        Assert.Equal(2, listed.Count);
    }

    [Theory]
    [InlineData(MessageKind.Acknowledge)]
    [InlineData(MessageKind.Decision)]
    [InlineData(MessageKind.PickupAnswer)]
    [InlineData(MessageKind.DocumentReport)]
    [InlineData(MessageKind.ArrivalOutcome)]
    public async Task Receive_AnswerToAConversationThatIsNotThere_IsRefused(MessageKind kind) =>
        await RefuseAsync(PacketForge.Answer(AnswerOf(kind), _network.Now, 1, _id), RefusalCode.ConversationUnknown);

    [Fact]
    public async Task Receive_MovementToAConversationThatIsNotThere_IsRefused() =>
        await RefuseAsync(Movement(MessageKind.MovementDetails, 1), RefusalCode.ConversationUnknown);

    [Fact]
    public async Task Receive_EarlyPacket_IsParkedAndTheGapShown()
    {
        await StoreAsync(_network.Referral(1, _id));
        await StoreAsync(Document(3));

        var file = (await Receiver.NewestAsync()).File;

        Assert.Equal((1UL, 1), (file.LastAppliedSequence, file.Missing));
        Assert.True(file.Packets.Single(packet => packet.Sequence == 3).Parked);
        var view = (await Receiver.OpenAsync((await Receiver.NewestAsync()).ReferralId, Category.Services)).Value;
        Assert.Equal([RefusalCode.SectionGap], view.Warnings);
    }

    [Fact]
    public async Task Receive_WhatWasMissing_DrainsWhatWasParkedInOrder()
    {
        await StoreAsync(_network.Referral(1, _id));
        await StoreAsync(Document(4));
        await StoreAsync(Document(3));
        await StoreAsync(Document(2));

        var conversation = await Receiver.NewestAsync();

        Assert.Equal((4UL, 0), (conversation.File.LastAppliedSequence, conversation.File.Missing));
        Assert.DoesNotContain(conversation.File.Packets, packet => packet.Parked);
        Assert.Empty((await Receiver.OpenAsync(conversation.ReferralId, Category.Services)).Value.Warnings);
    }

    [Fact]
    public async Task Receive_MoreEarlyPacketsThanAreParked_RefusesTheNextAndTakesTheMissingOne()
    {
        await StoreAsync(_network.Referral(1, _id));
        for (var sequence = 3UL; sequence < 3 + ConversationFile.ParkedMax; sequence++)
        {
            await StoreAsync(Document(sequence));
        }

        await RefuseAsync(Document(3 + ConversationFile.ParkedMax), RefusalCode.ConversationFull);
        await StoreAsync(Document(2));

        Assert.Equal(2UL + ConversationFile.ParkedMax, (await Receiver.NewestAsync()).File.LastAppliedSequence);
    }

    [Fact]
    public async Task Receive_CancellationBehindAGap_ActsAtOnceAndTheGapIsShown()
    {
        await StoreAsync(_network.Referral(1, _id));
        await StoreAsync(PacketForge.Answer(Answers.Cancelled.Value, _network.Now, 4, _id));

        var conversation = await Receiver.NewestAsync();

        Assert.Equal((ReferralState.Cancelled, 2), (conversation.State, conversation.File.Missing));
    }

    [Fact]
    public async Task Receive_CancellationBeforeTheReferral_KeepsTheReferralCancelled()
    {
        await StoreAsync(PacketForge.Answer(Answers.Cancelled.Value, _network.Now, 2, _id));
        await StoreAsync(_network.Referral(1, _id));

        var conversation = await Receiver.NewestAsync();

        Assert.Equal((ReferralState.Cancelled, 0), (conversation.State, conversation.File.Missing));
        Assert.Equal(2UL, conversation.File.LastAppliedSequence);
    }

    [Fact]
    public async Task Receive_MovementChangeBehindAGap_ActsAtOnceWithAWarning()
    {
        var there = await AcceptAsync();
        await StoreAsync(Movement(MessageKind.MovementChange, 3, version: 2));

        var view = (await Receiver.OpenAsync(there, Category.Movement)).Value;

        Assert.Equal(ReferralState.MovementSent, await Receiver.StateOfAsync(there));
        Assert.Equal([RefusalCode.SectionGap], view.Warnings);
        Assert.Equal(2U, view.Version);
    }

    [Fact]
    public async Task Receive_FirstPlanAfterItsChange_LeavesTheChangeInForce()
    {
        var there = await AcceptAsync();
        await StoreAsync(Movement(MessageKind.MovementChange, 3, version: 2));
        Assert.True((await Receiver.AnswerAsync(there, Answers.Confirmed(2))).IsOk);

        await StoreAsync(Movement(MessageKind.MovementDetails, 2, version: 1));

        // The newest plan is the one that was confirmed; an older one that comes late takes nothing back.
        Assert.Equal(ReferralState.PickupConfirmed, await Receiver.StateOfAsync(there));
        Assert.Equal(2U, (await Receiver.OpenAsync(there, Category.Movement)).Value.Version);
    }

    [Fact]
    public async Task Receive_OlderChangeAfterANewerOne_LeavesTheNewerOneInForce()
    {
        var there = await AcceptAsync();
        await StoreAsync(Movement(MessageKind.MovementDetails, 2, version: 1));
        await StoreAsync(Movement(MessageKind.MovementChange, 4, version: 3));
        Assert.True((await Receiver.AnswerAsync(there, Answers.Confirmed(3))).IsOk);

        await StoreAsync(Movement(MessageKind.MovementChange, 3, version: 2));

        Assert.Equal(ReferralState.PickupConfirmed, await Receiver.StateOfAsync(there));
        Assert.Equal(3U, (await Receiver.OpenAsync(there, Category.Movement)).Value.Version);
    }

    [Fact]
    public async Task Receive_SequenceUsedTwice_IsRefused()
    {
        await StoreAsync(_network.Referral(1, _id));

        await RefuseAsync(_network.Referral(1, _id), RefusalCode.ManifestInvalid);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 33)]
    [InlineData(1001UL)]
    public async Task Receive_SequenceNobodyCanReach_IsRefused(ulong sequence)
    {
        await StoreAsync(_network.Referral(1, _id));

        await RefuseAsync(
            PacketForge.Answer(Answers.Document().Value, _network.Now, 2, _id)
                .Edit(manifest => manifest.Sequence = sequence),
            RefusalCode.ManifestInvalid);
    }

    [Fact]
    public async Task Receive_SameMessageUnderANewPacketId_HasNoSecondEffect()
    {
        var there = await AcceptAsync();
        var movement = Movement(MessageKind.MovementDetails, 2, version: 1);
        await StoreAsync(movement);
        Assert.True((await Receiver.AnswerAsync(there, Answers.Confirmed())).IsOk);

        await StoreAsync(movement);

        Assert.Equal(ReferralState.PickupConfirmed, await Receiver.StateOfAsync(there));
        Assert.Equal(0, (await Receiver.NewestAsync()).File.Missing);
    }

    [Fact]
    public async Task Receive_SameMessageManyTimes_StoresNoSecondBody()
    {
        var (packet, kid) = (_network.Referral(1, _id), Origin.Keys.Identity.Kid);
        PacketId[] ids = [PacketId.NewRandom(), PacketId.NewRandom(), PacketId.NewRandom()];

        foreach (var id in ids)
        {
            var answer = await Receiver.DeliverAsync(await _network.SealAsync(packet.ToParts(), id: id), Origin.Id);
            Assert.Equal(ReceiptOutcome.Stored, Forgery.ReceiptIn(answer).Outcome);
        }

        var bodies = new List<bool>();
        foreach (var id in ids)
        {
            var row = (await Receiver.Store.FindReceivedAsync(kid, id, default))!;  // stored above
            bodies.Add(await Receiver.Store.ReadBodyAsync(row.RowId, default) is not null);
        }

        Assert.Equal([true, false, false], bodies);
        Assert.True((await Receiver.OpenAsync((await Receiver.NewestAsync()).ReferralId, Category.Services)).IsOk);
    }

    [Fact]
    public async Task Receive_SameMessageWithAnotherNumberOrKind_IsRefused()
    {
        var message = MessageId.NewRandom();
        await StoreAsync(Of(PacketForge.Heading(MessageKind.ReferralSubmit, 1, _id, message)));

        await RefuseAsync(
            Of(PacketForge.Heading(MessageKind.ReferralSubmit, 2, _id, message)), RefusalCode.ManifestInvalid);
    }

    [Fact]
    public async Task Receive_PacketThatOnlyTheOtherEndMaySend_IsRefusedBehindAGapAsWell()
    {
        var sent = await _network.DeliverAsync();
        var id = (await Origin.ShowAsync(sent.Here)).File.Conversation;

        // The receiver answers with a referral of its own making into the origin's conversation, far ahead.
        var forged = _network.Referral(7, id, to: Origin);
        var wire = await _network.SealAsync(forged.ToParts(), to: Origin, sender: Receiver.Keys.Identity);
        var answer = await Origin.DeliverAsync(wire, Receiver.Id);

        Assert.Equal(ReceiptOutcome.Refused, Forgery.ReceiptIn(answer).Outcome);
        Assert.Equal(RefusalCode.StateForbids, Origin.Log.Codes[^1]);
        Assert.Single((await Origin.ShowAsync(sent.Here)).File.Packets);
    }

    [Fact]
    public async Task Receive_MovementBehindAnEarlyCancellation_IsRefused()
    {
        await StoreAsync(PacketForge.Answer(Answers.Cancelled.Value, _network.Now, 3, _id));

        await RefuseAsync(Movement(MessageKind.MovementDetails, 1), RefusalCode.MovementBeforeAcceptance);
        await RefuseAsync(Movement(MessageKind.MovementChange, 2), RefusalCode.MovementBeforeAcceptance);
        Assert.Empty((await Receiver.NewestAsync()).File.Sections);
    }

    [Fact]
    public async Task Receive_MovementBeforeAcceptance_IsRefusedBehindAGapAsWell()
    {
        await StoreAsync(_network.Referral(1, _id));

        await RefuseAsync(Movement(MessageKind.MovementDetails, 2), RefusalCode.MovementBeforeAcceptance);
        await RefuseAsync(Movement(MessageKind.MovementDetails, 5), RefusalCode.MovementBeforeAcceptance);
        await RefuseAsync(Movement(MessageKind.MovementChange, 5), RefusalCode.MovementBeforeAcceptance);
    }

    [Fact]
    public async Task Receive_OlderExcerptAfterANewerAnswer_IsStillTakenIn()
    {
        await StoreAsync(_network.Referral(1, _id));
        await StoreAsync(Document(3));

        // Consent was narrowed in packet 2, which came after packet 3: services are no longer granted for this purpose.
        var narrowed = Of(PacketForge.Heading(MessageKind.ReferralSubmit, 2, _id), Purpose.Shelter, version: 2);
        await StoreAsync(narrowed);

        var there = (await Receiver.NewestAsync()).ReferralId;
        Assert.Equal(RefusalCode.GrantMissing, (await Receiver.OpenAsync(there, Category.Services)).Refusal.Code);
        Assert.True((await Receiver.OpenAsync(there, Category.Services, Purpose.Shelter)).IsOk);
    }

    [Fact]
    public async Task Receive_OlderSectionAfterANewerOne_BringsNothingBack()
    {
        await StoreAsync(_network.Referral(1, _id));
        await StoreAsync(Of(PacketForge.Heading(MessageKind.ReferralSubmit, 3, _id), Purpose.Shelter, version: 2));
        await StoreAsync(Of(PacketForge.Heading(MessageKind.ReferralSubmit, 2, _id), version: 1));

        var there = (await Receiver.NewestAsync()).ReferralId;
        Assert.Equal(RefusalCode.GrantMissing, (await Receiver.OpenAsync(there, Category.Services)).Refusal.Code);
        Assert.Equal(2U, (await Receiver.OpenAsync(there, Category.Services, Purpose.Shelter)).Value.Version);
    }

    private async Task<Storage.RowId> AcceptAsync()
    {
        await StoreAsync(_network.Referral(1, _id));
        var there = (await Receiver.NewestAsync()).ReferralId;
        Assert.True((await Receiver.AnswerAsync(there, Answers.Accepted)).IsOk);
        return there;
    }

    private async Task StoreAsync(PacketForge packet)
    {
        var answer = await Receiver.DeliverAsync(await _network.SealAsync(packet.ToParts()), Origin.Id);
        Assert.True(Forgery.ReceiptIn(answer).Outcome is ReceiptOutcome.Stored, string.Join(' ', Receiver.Log.Entries));
    }

    private async Task RefuseAsync(PacketForge packet, RefusalCode code)
    {
        var answer = await Receiver.DeliverAsync(await _network.SealAsync(packet.ToParts()), Origin.Id);
        Assert.Equal(ReceiptOutcome.Refused, Forgery.ReceiptIn(answer).Outcome);
        Assert.Equal(code, Receiver.Log.Codes[^1]);
    }

    private PacketForge Document(ulong sequence) =>
        PacketForge.Answer(Answers.Document().Value, _network.Now, sequence, _id);

    private PacketForge Movement(MessageKind kind, ulong sequence, uint version = 1) =>
        PacketForge.Sections(
            PacketForge.Heading(kind, sequence, _id),
            Receiver.AsRecipient(),
            _network.Now,
            (Category.Movement, WireSections.Movement()))
        .Edit(manifest => manifest.Parts[2].Section.Version = version);

    private PacketForge Of(PacketHeading heading, Purpose purpose = Purpose.Reintegration, uint version = 1) =>
        PacketForge.Sections(
            heading, Receiver.AsRecipient(), _network.Now, (Category.Services, WireSections.Services()))
        .EditExcerpt(excerpt => excerpt.Grants[0].Purpose = (Contracts.Packet.V1.Purpose)purpose)
        .Edit(manifest =>
        {
            manifest.Parts[2].Section.Purpose = (Contracts.Packet.V1.Purpose)purpose;
            manifest.Parts[2].Section.Version = version;
        });

    private static CodedAnswer AnswerOf(MessageKind kind) => kind switch
    {
        MessageKind.Acknowledge => Answers.Acknowledged.Value,
        MessageKind.Decision => Answers.Accepted.Value,
        MessageKind.PickupAnswer => Answers.Confirmed().Value,
        MessageKind.DocumentReport => Answers.Document().Value,
        _ => Answers.Arrived().Value,
    };
}
