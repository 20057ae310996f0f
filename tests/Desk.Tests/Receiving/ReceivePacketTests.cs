using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Receiving;

/// <summary>The receiving order, step by step (docs/spec/referral-packet.md, section 10). What is refused before a
/// sender is proven gets an unsigned answer and leaves nothing behind; the peer never learns which check
/// failed.</summary>
public sealed class ReceivePacketTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(700)]
    public async Task Receive_TruncatedEnvelope_IsRefusedUnsigned(int size)
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        await AssertUnsignedAsync(wire.AsMemory(0, size), RefusalCode.EnvelopeMalformed);
    }

    [Fact]
    public async Task Receive_EnvelopeCutInItsLastPart_IsRefusedUnsigned()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        await AssertUnsignedAsync(wire.AsMemory(0, wire.Length - 1), RefusalCode.EnvelopeMalformed);
    }

    [Fact]
    public async Task Receive_TrailingByte_IsRefusedUnsigned()
    {
        byte[] wire = [.. await _network.SealAsync(_network.Referral().ToParts()), 0];

        await AssertUnsignedAsync(wire, RefusalCode.EnvelopeMalformed);
    }

    [Fact]
    public async Task Receive_LargerThan16MiB_IsRefusedUnsigned() =>
        await AssertUnsignedAsync(new byte[Envelope.SizeBytesMax + 1], RefusalCode.EnvelopeTooLarge);

    [Fact]
    public async Task Receive_UnknownSuite_IsRefusedUnsigned()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        await AssertUnsignedAsync(
            Forgery.Resign(wire, Origin.Keys.Identity, head => head[1] = 2), RefusalCode.SuiteNotAllowed);
    }

    [Fact]
    public async Task Receive_SuiteBelowTheSendersMinimum_IsRefusedUnsigned()
    {
        _network.Change(Origin, entry => entry with { SuiteMin = 2 });

        await AssertUnsignedAsync(
            await _network.SealAsync(_network.Referral().ToParts()), RefusalCode.SuiteNotAllowed);
    }

    [Fact]
    public async Task Receive_UnknownKey_IsRefusedUnsigned()
    {
        using var stranger = SigningKey.Generate();

        await AssertUnsignedAsync(
            await _network.SealAsync(_network.Referral().ToParts(), sender: stranger), RefusalCode.SenderUnknown);
    }

    [Fact]
    public async Task Receive_OwnPacketReflected_IsRefusedUnsigned()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts(), sender: Receiver.Keys.Identity);

        await AssertUnsignedAsync(wire, RefusalCode.SenderIsSelf);
    }

    [Fact]
    public async Task Receive_OwnPacketUnderAnOlderKeyReflected_IsRefusedUnsigned()
    {
        using var older = SigningKey.Generate();
        _network.Change(Receiver, entry => entry with
        {
            Keys = [.. entry.Keys, new DirectoryKey(older.Public, DirectoryKeyState.Active, null)],
        });

        var answer = await Receiver.DeliverAsync(
            await _network.SealAsync(_network.Referral().ToParts(), sender: older), Receiver.Id);

        Assert.IsType<DeliveryAnswer.Unsigned>(answer);
        Assert.Equal([RefusalCode.SenderIsSelf], Receiver.Log.Codes);
    }

    [Fact]
    public async Task Receive_EnvelopeOfAnotherMember_LeavesNothingAndTheSenderStillDelivers()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        var stolen = await Receiver.DeliverAsync(wire, TestNetwork.ThirdId);
        var own = await Receiver.DeliverAsync(wire, Origin.Id);

        Assert.IsType<DeliveryAnswer.Unsigned>(stolen);
        Assert.Equal([RefusalCode.SenderNotPeer], Receiver.Log.Codes);
        Assert.Equal(ReceiptOutcome.Stored, Forgery.ReceiptIn(own).Outcome);
    }

    [Fact]
    public async Task Receive_KnownEnvelopeFromAnotherMember_DoesNotGetTheReceipt()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());
        await Receiver.DeliverAsync(wire, Origin.Id);

        Assert.IsType<DeliveryAnswer.Unsigned>(await Receiver.DeliverAsync(wire, TestNetwork.ThirdId));
    }

    [Fact]
    public async Task Receive_SuspendedSender_IsRefusedUnsigned()
    {
        _network.Change(Origin, entry => entry with { IsSuspended = true });

        await AssertUnsignedAsync(
            await _network.SealAsync(_network.Referral().ToParts()), RefusalCode.PeerSuspended);
    }

    [Fact]
    public async Task Receive_BadSignature_IsRefusedUnsigned()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        await AssertUnsignedAsync(Forgery.FlipAfterHead(wire, 0), RefusalCode.SignatureWrong);
    }

    [Fact]
    public async Task Receive_KnownPacketIdWithABadSignature_IsNoConflict()
    {
        var id = PacketId.NewRandom();
        await Receiver.DeliverAsync(await _network.SealAsync(_network.Referral().ToParts(), id: id), Origin.Id);
        var other = await _network.SealAsync(_network.Referral().ToParts(), id: id);

        var answer = await Receiver.DeliverAsync(Forgery.FlipAfterHead(other, 0), Origin.Id);

        Assert.IsType<DeliveryAnswer.Unsigned>(answer);
    }

    [Fact]
    public async Task Receive_OtherEnvelopeUnderAKnownPacketId_IsASignedConflict()
    {
        var id = PacketId.NewRandom();
        var first = await _network.SealAsync(_network.Referral().ToParts(), id: id);
        var second = await _network.SealAsync(_network.Referral().ToParts(), id: id);
        var stored = await Receiver.DeliverAsync(first, Origin.Id);

        var conflict = Forgery.ReceiptIn(await Receiver.DeliverAsync(second, Origin.Id));

        Assert.Equal(ReceiptOutcome.Conflict, conflict.Outcome);
        Assert.Equal(Envelope.Parse(second).Value.Hash, conflict.EnvelopeHash);
        Assert.True(conflict.Verify(Receiver.Keys.Identity.Public));
        Assert.Equal([RefusalCode.PacketIdReused], Receiver.Log.Codes);
        Assert.Equivalent(stored, await Receiver.DeliverAsync(first, Origin.Id), strict: true);
    }

    [Fact]
    public async Task Receive_ConflictsUnderOneIdAgainAndAgain_AreAnsweredEachTimeAndNotedOnce()
    {
        var id = PacketId.NewRandom();
        await Receiver.DeliverAsync(await _network.SealAsync(_network.Referral().ToParts(), id: id), Origin.Id);
        var before = await Receiver.Audit.CountAuditIntakeAsync(default);

        for (var i = 0; i < 5; i++)
        {
            var other = await _network.SealAsync(_network.Referral().ToParts(), id: id);
            var answer = Forgery.ReceiptIn(await Receiver.DeliverAsync(other, Origin.Id));
            Assert.Equal(ReceiptOutcome.Conflict, answer.Outcome);
        }

        Assert.Equal(before + 1, await Receiver.Audit.CountAuditIntakeAsync(default));
    }

    [Fact]
    public async Task Receive_ResignedCopyWithAnotherEnd_IsASignedConflict()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());
        await Receiver.DeliverAsync(wire, Origin.Id);

        var copy = Forgery.Resign(wire, Origin.Keys.Identity, head => head[97]++);

        Assert.Equal(
            ReceiptOutcome.Conflict, Forgery.ReceiptIn(await Receiver.DeliverAsync(copy, Origin.Id)).Outcome);
    }

    [Fact]
    public async Task Receive_SameEnvelopeTwice_GivesTheSameReceiptByteForByte()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        _network.Time.Advance(TimeSpan.FromHours(3));

        var second = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        Assert.Equal(Forgery.Text(first), Forgery.Text(second));
        Assert.Equal(ReceiptOutcome.Stored, first.Outcome);
        Assert.Single((await Receiver.NewestAsync()).File.Packets);
    }

    [Fact]
    public async Task Receive_SameEnvelope32TimesAtOnce_StoresOnceAndGivesOneReceipt()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => Task.Run(() => Receiver.DeliverAsync(wire, Origin.Id))));

        Assert.Single(answers.Select(answer => Forgery.Text(Forgery.ReceiptIn(answer))).Distinct());
        Assert.Single((await Receiver.NewestAsync()).File.Packets);
        Assert.Single(await AuditEntry.ReadAsync(Receiver));
    }

    [Fact]
    public async Task Receive_SameEnvelopeAfterARestart_GivesTheSameReceipt()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        await Receiver.RestartAsync();

        var second = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        Assert.Equal(Forgery.Text(first), Forgery.Text(second));
    }

    [Fact]
    public async Task Receive_KnownEnvelopeAfterItsEnd_StillGivesTheSameReceipt()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts(), notAfter: _network.Now.AddHours(1));
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        _network.Time.Advance(TimeSpan.FromHours(14));

        Assert.Equal(
            Forgery.Text(first), Forgery.Text(Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id))));
    }

    [Fact]
    public async Task Receive_DifferentPacketsOfOneConversationAtOnce_LosesNone()
    {
        var conversation = ConversationId.NewRandom();
        var envelopes = new List<byte[]>();
        for (var sequence = 1UL; sequence <= 8; sequence++)
        {
            envelopes.Add(await _network.SealAsync(_network.Referral(sequence, conversation).ToParts()));
        }

        var answers = await Task.WhenAll(
            envelopes.Select(wire => Task.Run(() => Receiver.DeliverAsync(wire, Origin.Id))));

        Assert.All(answers, answer => Assert.Equal(ReceiptOutcome.Stored, Forgery.ReceiptIn(answer).Outcome));
        var file = (await Receiver.NewestAsync()).File;
        Assert.Equal((8UL, 0), (file.LastAppliedSequence, file.Missing));
    }

    [Fact]
    public async Task Receive_Stored_KeepsEnvelopeAndSecretsAndLogsTheTag()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        await Receiver.DeliverAsync(wire, Origin.Id);

        var head = Envelope.Parse(wire).Value.Head;
        var row = await Receiver.Store.FindReceivedAsync(head.SenderKid, head.PacketId, default);
        var entry = Assert.Single(await AuditEntry.ReadAsync(Receiver));
        Assert.Equal(ReceivedState.Stored, row!.State);
        Assert.True((await Receiver.Store.ReadBodyAsync(row.RowId, default))!.Value.Span.SequenceEqual(wire));
        Assert.Equal((AuditEvent.PacketReceived, AuditOutcome.Done), (entry.Row.Event, entry.Row.Outcome));
        Assert.NotEqual(default, entry.Row.Tag);
    }

    [Fact]
    public async Task Receive_ManyUnreadableEnvelopes_KeepsABoundedNumberOfBodies()
    {
        var ids = Enumerable.Range(0, StoreLimits.QuarantinedBodiesMax + 3).Select(_ => PacketId.NewRandom()).ToList();
        foreach (var id in ids)
        {
            var wire = await _network.SealAsync(_network.Referral().ToParts(), id: id);
            var answer = await Receiver.DeliverAsync(Forgery.FlipAfterHead(wire, 64), Origin.Id);
            Assert.Equal(ReceiptOutcome.Refused, Forgery.ReceiptIn(answer).Outcome);
            _network.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var bodies = new List<bool>();
        foreach (var id in ids)
        {
            var row = await Receiver.Store.FindReceivedAsync(Origin.Keys.Identity.Kid, id, default);
            bodies.Add(await Receiver.Store.ReadBodyAsync(row!.RowId, default) is not null);
        }

        Assert.Equal([.. Enumerable.Repeat(false, 3), .. Enumerable.Repeat(true, ids.Count - 3)], bodies);
        Assert.Equal(ids.Count, await Receiver.Store.CountQuarantinedAsync(default));
    }

    [Fact]
    public async Task Receive_DirectoryEnded_IsBusyAndLeavesNothing()
    {
        _network.Time.Advance(TimeSpan.FromDays(NodeDirectory.LifetimeDaysMax));
        await Receiver.Services.Keys.EnsureAsync(default);
        var wire = await _network.SealAsync(_network.Referral().ToParts());

        var answer = await Receiver.DeliverAsync(wire, Origin.Id);

        Assert.IsType<DeliveryAnswer.Busy>(answer);
        Assert.Equal([RefusalCode.DirectoryExpired], Receiver.Log.Codes);
        Assert.Empty((await Receiver.Services.List.ListAsync(Receiver.Caseworker, null, default)).Value);
    }

    private async Task AssertUnsignedAsync(ReadOnlyMemory<byte> wire, RefusalCode code)
    {
        var answer = await Receiver.DeliverAsync(wire, Origin.Id);

        Assert.IsType<DeliveryAnswer.Unsigned>(answer);
        Assert.Equal([code], Receiver.Log.Codes);
        Assert.Equal(0, await Receiver.Store.CountQuarantinedAsync(default));
        Assert.Empty(await AuditEntry.ReadAsync(Receiver));
        if (Envelope.Parse(wire).TryGet(out var envelope, out _))
        {
            Assert.Null(
                await Receiver.Store.FindReceivedAsync(envelope.Head.SenderKid, envelope.Head.PacketId, default));
        }
    }
}
