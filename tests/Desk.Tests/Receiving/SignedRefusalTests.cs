using CbssReturn.AuditLog;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Tests.Receiving;

/// <summary>Refusals after the sender is proven: signed, stored under the packet id, logged for the auditor, and the
/// same to the peer whatever was wrong.</summary>
public sealed class SignedRefusalTests : IAsyncLifetime
{
    private readonly SigningKey _older = SigningKey.Generate();
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync()
    {
        _older.Dispose();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Receive_CreatedElevenMinutesAhead_IsRefused() => await AssertRefusedAsync(
        await SealAsync(createdAt: _network.Now.AddMinutes(11)), RefusalCode.EnvelopeFromFuture);

    [Fact]
    public async Task Receive_CreatedTenMinutesAhead_IsStored() =>
        await AssertStoredAsync(await SealAsync(createdAt: _network.Now.AddMinutes(10)));

    [Fact]
    public async Task Receive_ElevenMinutesAfterTheEnd_IsRefused() => await AssertRefusedAsync(
        await SealAsync(createdAt: _network.Now.AddHours(-1), notAfter: _network.Now.AddMinutes(-11)),
        RefusalCode.EnvelopeExpired);

    [Fact]
    public async Task Receive_TenMinutesAfterTheEnd_IsStored() => await AssertStoredAsync(
        await SealAsync(createdAt: _network.Now.AddHours(-1), notAfter: _network.Now.AddMinutes(-10)));

    [Fact]
    public async Task Receive_LongerThan62Days_IsRefused()
    {
        var wire = await SealAsync(notAfter: _network.Now.AddDays(62));

        await AssertRefusedAsync(
            Forgery.Resign(wire, Origin.Keys.Identity, head => head[97]++), RefusalCode.EnvelopeLifetimeTooLong);
    }

    [Fact]
    public async Task Receive_EndMoreThan60DaysAfterItsKeys_IsRefused()
    {
        var keyEnd = EpochCalendar.NotAfter(EpochCalendar.DayOf(_network.Now));

        await AssertRefusedAsync(
            await SealAsync(notAfter: keyEnd.AddDays(60).AddSeconds(1)), RefusalCode.EnvelopeLifetimeTooLong);
    }

    [Fact]
    public async Task Receive_End60DaysAfterItsKeys_IsStored() => await AssertStoredAsync(
        await SealAsync(notAfter: EpochCalendar.NotAfter(EpochCalendar.DayOf(_network.Now)).AddDays(60)));

    [Fact]
    public async Task Receive_EndAtTheEndOfTime_IsRefused()
    {
        var wire = await SealAsync();

        await AssertRefusedAsync(
            Forgery.Resign(wire, Origin.Keys.Identity, head => head[90..98].Fill(0xFF)),
            RefusalCode.EnvelopeLifetimeTooLong);
    }

    [Fact]
    public async Task Receive_RetiredKeyUsedBefore_IsStored()
    {
        SetOlderKey(DirectoryKeyState.Retired, _network.Now);
        _network.Time.Advance(TimeSpan.FromDays(14));

        await AssertStoredAsync(await SealAsync(
            sender: _older, createdAt: TestNetwork.Start, notAfter: TestNetwork.Start.AddDays(30)));
    }

    [Fact]
    public async Task Receive_RetiredKeyMoreThan14DaysLater_IsRefused()
    {
        SetOlderKey(DirectoryKeyState.Retired, _network.Now);
        _network.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        await AssertRefusedAsync(
            await SealAsync(sender: _older, createdAt: TestNetwork.Start, notAfter: TestNetwork.Start.AddDays(30)),
            RefusalCode.SenderKeyRetired);
    }

    [Fact]
    public async Task Receive_RetiredKeyUsedAfterwards_IsRefused()
    {
        SetOlderKey(DirectoryKeyState.Retired, _network.Now.AddSeconds(-1));

        await AssertRefusedAsync(await SealAsync(sender: _older), RefusalCode.SenderKeyRetired);
    }

    [Fact]
    public async Task Receive_RevokedKeyWhateverItsDate_IsRefused()
    {
        SetOlderKey(DirectoryKeyState.Revoked, _network.Now);

        await AssertRefusedAsync(
            await SealAsync(sender: _older, createdAt: _network.Now.AddDays(-1), notAfter: _network.Now.AddDays(1)),
            RefusalCode.SenderKeyRevoked);
    }

    [Fact]
    public async Task Receive_KnownEnvelopeOfAKeyRevokedSince_StillGivesItsReceipt()
    {
        SetOlderKey(DirectoryKeyState.Active, null);
        var wire = await SealAsync(sender: _older);
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        SetOlderKey(DirectoryKeyState.Revoked, _network.Now);

        var second = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        Assert.Equal(ReceiptOutcome.Stored, second.Outcome);
        Assert.Equal(Forgery.Text(first), Forgery.Text(second));
    }

    [Theory]
    [InlineData(64)]      // first byte of part 0
    [InlineData(64 + 9000)]
    public async Task Receive_PartThatDoesNotOpen_IsQuarantined(int offset)
    {
        var wire = Forgery.FlipAfterHead(await SealAsync(), offset);

        await AssertRefusedAsync(wire, RefusalCode.EnvelopeNotOpened, isQuarantined: true);
    }

    [Fact]
    public async Task Receive_SealedForAnotherKeyButNamedForOurs_IsQuarantined()
    {
        using var other = KemPrivateKey.Generate();
        var wire = await SealAsync(key: other.Public);
        var rid = (await Forgery.KeyOfAsync(Receiver, EpochCalendar.DayOf(_network.Now))).Rid;

        await AssertRefusedAsync(
            Forgery.Resign(wire, Origin.Keys.Identity, head => rid.CopyTo(head[50..82])),
            RefusalCode.EnvelopeNotOpened,
            isQuarantined: true);
    }

    [Fact]
    public async Task Receive_ManifestThatBreaksARule_IsQuarantined() => await AssertRefusedAsync(
        await _network.SealAsync(_network.Referral().Edit(manifest => manifest.Format = 2).ToParts()),
        RefusalCode.ManifestInvalid,
        isQuarantined: true);

    [Fact]
    public async Task Receive_AnswerInAConversationThatIsNotThere_IsQuarantined() => await AssertRefusedAsync(
        await _network.SealAsync(
            Exchange.Tests.Samples.PacketForge.Answer(Answers.Document().Value, _network.Now).ToParts()),
        RefusalCode.ConversationUnknown,
        isQuarantined: true);

    [Fact]
    public async Task Receive_KeyGone_IsToldAndNothingIsStored()
    {
        using var gone = KemPrivateKey.Generate();
        var wire = await SealAsync(key: gone.Public);

        var answer = await Receiver.DeliverAsync(wire, Origin.Id);

        Assert.IsType<DeliveryAnswer.KeyGone>(answer);
        Assert.Equal([RefusalCode.RecipientKeyGone], Receiver.Log.Codes);
        Assert.Empty(await AuditEntry.ReadAsync(Receiver));
    }

    [Fact]
    public async Task Receive_RefusedForDifferentReasons_TellsThePeerNothingOfThem()
    {
        SetOlderKey(DirectoryKeyState.Revoked, _network.Now);
        byte[][] envelopes =
        [
            await SealAsync(sender: _older),
            await SealAsync(createdAt: _network.Now.AddHours(1)),
            Forgery.FlipAfterHead(await SealAsync(), 64),
            await _network.SealAsync(_network.Referral().Edit(manifest => manifest.Format = 2).ToParts()),
        ];

        var receipts = new List<Receipt>();
        foreach (var wire in envelopes)
        {
            receipts.Add(Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id)));
        }

        // Packet id and hash are the sender's own; nothing else may differ.
        Assert.Single(receipts.Select(receipt => Convert.ToHexString(receipt.Record.AsSpan(48))).Distinct());
        Assert.Equal(4, Receiver.Log.Codes.Distinct().Count());
    }

    [Fact]
    public async Task Receive_RefusedTwice_GivesTheSameReceiptAndOneAuditRow()
    {
        var wire = Forgery.FlipAfterHead(await SealAsync(), 64);
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        _network.Time.Advance(TimeSpan.FromHours(1));

        var second = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        Assert.Equal(Forgery.Text(first), Forgery.Text(second));
        Assert.Single(await AuditEntry.ReadAsync(Receiver));
    }

    [Fact]
    public async Task FindReceipt_BySenderOnly_IsGivenAgain()
    {
        var wire = await SealAsync();
        var first = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));
        var id = Envelope.Parse(wire).Value.Head.PacketId;

        var own = await Receiver.Services.Receipts.FindAsync(id, Origin.Id, default);
        var other = await Receiver.Services.Receipts.FindAsync(id, TestNetwork.ThirdId, default);

        Assert.True(own.Value.Record.Span.SequenceEqual(first.Record));
        Assert.Equal(RefusalCode.NotFound, other.Refusal.Code);
    }

    private Task<byte[]> SealAsync(
        SigningKey? sender = null,
        DateTimeOffset? createdAt = null,
        DateTimeOffset? notAfter = null,
        KemPublicKey? key = null) => _network.SealAsync(
            _network.Referral(1, ConversationId.NewRandom()).ToParts(),
            sender: sender,
            createdAt: createdAt,
            notAfter: notAfter,
            key: key);

    private void SetOlderKey(DirectoryKeyState state, DateTimeOffset? since) =>
        _network.Change(Origin, entry => entry with
        {
            Keys = [entry.Keys[0], new DirectoryKey(_older.Public, state, since)],
        });

    private async Task AssertStoredAsync(byte[] wire) => Assert.Equal(
        ReceiptOutcome.Stored, Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id)).Outcome);

    private async Task AssertRefusedAsync(byte[] wire, RefusalCode code, bool isQuarantined = false)
    {
        var receipt = Forgery.ReceiptIn(await Receiver.DeliverAsync(wire, Origin.Id));

        var envelope = Envelope.Parse(wire).Value;
        var row = await Receiver.Store.FindReceivedAsync(envelope.Head.SenderKid, envelope.Head.PacketId, default);
        var entry = Assert.Single(await AuditEntry.ReadAsync(Receiver));
        Assert.Equal((ReceiptOutcome.Refused, envelope.Hash), (receipt.Outcome, receipt.EnvelopeHash));
        Assert.True(receipt.Verify(Receiver.Keys.Identity.Public));
        Assert.Equal([code], Receiver.Log.Codes);
        Assert.Equal(isQuarantined ? ReceivedState.Quarantined : ReceivedState.Refused, row!.State);
        Assert.Equal(code, row.ReasonCode);
        Assert.Equal(isQuarantined, await Receiver.Store.ReadBodyAsync(row.RowId, default) is not null);
        Assert.Equal((AuditEvent.PacketRefused, AuditOutcome.Refused), (entry.Row.Event, entry.Row.Outcome));
        Assert.Equal(Digest.Of([.. "cbss/refused/v1\n"u8, .. envelope.Hash.ToArray()]), entry.Row.Tag);
        Assert.Equal((int)code, entry.Detail.ReasonCode);
        Assert.Empty((await Receiver.Services.List.ListAsync(Receiver.Caseworker, null, default)).Value);
    }
}
