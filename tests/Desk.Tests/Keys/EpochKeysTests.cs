using System.Buffers.Binary;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Directory;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Tests.Keys;

/// <summary>Daily envelope keys: published ahead, learned only when they are the peer's, forgotten in time
/// (docs/spec/referral-packet.md, section 8).</summary>
public sealed class EpochKeysTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    private uint Today => EpochCalendar.DayOf(_network.Now);

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync();
        await Origin.RestartOnOwnKeystoreAsync();
    }

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Published_FromToday_Are43SignedKeysOfWholeDays()
    {
        var keys = await PublishedAsync(Origin, 0);

        Assert.Equal(Enumerable.Range((int)Today, 43).Select(day => (uint)day), keys.Select(key => key.Day));
        Assert.All(keys, key =>
        {
            Assert.True(key.Verify(Origin.Keys.Identity.Public));
            Assert.Equal(Origin.Id, key.Node);
            Assert.Equal((key.Day * 86_400UL, (key.Day * 86_400UL) + 86_399), (key.NotBefore, key.NotAfter));
        });
        Assert.Equal(43, keys.Select(key => key.Key.Rid).Distinct().Count());
        Assert.Equal(Today + 42, Origin.Services.Keys.PublishedUntilDay);
    }

    [Fact]
    public async Task Published_FromALaterDay_AreThoseFromThen() =>
        Assert.Equal(3, (await PublishedAsync(Origin, Today + 40)).Count);

    [Fact]
    public async Task Ensure_Again_ChangesNothing()
    {
        var before = await Origin.Store.ReadAuditIntakeAsync(0, 1000, default);

        await Origin.Services.Keys.EnsureAsync(default);

        Assert.Equal(before.Count, (await Origin.Store.ReadAuditIntakeAsync(0, 1000, default)).Count);
    }

    [Fact]
    public async Task Ensure_TwiceAtOnceInANewStore_HoldsEveryKeyThatIsPublished()
    {
        _network.Time.Advance(TimeSpan.FromDays(100));
        using var other = new NodeServices(Origin.Services.Node, Origin.Log);

        await Task.WhenAll(
            Task.Run(() => Origin.Services.Keys.EnsureAsync(default)), Task.Run(() => other.Keys.EnsureAsync(default)));

        var published = await PublishedAsync(Origin, 0);
        Assert.Equal(43, published.Count);
        Assert.All(published, key => Assert.NotNull(Origin.Services.Keys.Find(key.Key.Rid)));
        Assert.All(published, key => Assert.NotNull(other.Keys.Find(key.Key.Rid)));
    }

    [Fact]
    public async Task Ensure_FourDaysAfterAKeysDay_StillHoldsIt()
    {
        var key = await Forgery.KeyOfAsync(Origin, Today);
        _network.Time.Advance(TimeSpan.FromDays(EpochCalendar.SeedKeptDays));

        await Origin.Services.Keys.EnsureAsync(default);

        Assert.NotNull(Origin.Services.Keys.Find(key.Rid));
    }

    [Fact]
    public async Task Ensure_FiveDaysAfterAKeysDay_DestroysItsSeed()
    {
        var key = await Forgery.KeyOfAsync(Origin, Today);
        _network.Time.Advance(TimeSpan.FromDays(EpochCalendar.SeedKeptDays + 1));

        await DestroyWhatIsOverAsync();

        Assert.Null(Origin.Services.Keys.Find(key.Rid));
        var row = (await Origin.Store.GetEpochSeedsAsync(0, default))[0];
        Assert.Null(row.Seed);
        Assert.NotNull(row.DestroyedAt);
        await Origin.RestartAsync();
        Assert.Null(Origin.Services.Keys.Find(key.Rid));
    }

    [Fact]
    public async Task Ensure_SeedOver_AnOldCopyOfTheDatabaseOpensItNoMore()
    {
        var copy = (await Origin.Store.GetEpochSeedsAsync(0, default))[0];
        Assert.True(Origin.Keys.Open("epoch_seeds", RowOf(copy.Day), copy.Seed!).IsOk);
        _network.Time.Advance(TimeSpan.FromDays(EpochCalendar.SeedKeptDays + 1));

        await DestroyWhatIsOverAsync();

        Assert.Equal(
            RefusalCode.KekUnknown, Origin.Keys.Open("epoch_seeds", RowOf(copy.Day), copy.Seed!).Refusal.Code);
        using var file = Member.Open(Origin.KeystorePath);
        Assert.Equal(RefusalCode.KekUnknown, file.Open("epoch_seeds", RowOf(copy.Day), copy.Seed!).Refusal.Code);
    }

    [Fact]
    public async Task Ensure_SeedUnderALostKek_StartsAndPublishesAnotherKey()
    {
        // Far ahead of the days of every other test: they share the keystore that this node's was copied from.
        _network.Time.Advance(TimeSpan.FromDays(200));
        await Origin.Services.Keys.EnsureAsync(default);
        var older = await File.ReadAllBytesAsync(Origin.KeystorePath);
        _network.Time.Advance(TimeSpan.FromDays(1));
        await Origin.Services.Keys.EnsureAsync(default);
        var lost = Assert.Single(await PublishedAsync(Origin, Today + 42));
        var kept = (await PublishedAsync(Origin, Today + 41))[0];
        await File.WriteAllBytesAsync(Origin.KeystorePath, older);
        var auditedBefore = (await Origin.Store.ReadAuditIntakeAsync(0, 1000, default)).Count;

        await Origin.RestartOnOwnKeystoreAsync();

        var keys = await PublishedAsync(Origin, 0);
        Assert.Equal(43, keys.Count);
        Assert.All(keys, key => Assert.NotNull(Origin.Services.Keys.Find(key.Key.Rid)));
        Assert.NotEqual(lost.Key.Rid, keys[^1].Key.Rid);
        Assert.Equal(kept.Key.Rid, keys[^2].Key.Rid);
        Assert.Equal(auditedBefore + 1, (await Origin.Store.ReadAuditIntakeAsync(0, 1000, default)).Count);
    }

    [Fact]
    public async Task Ensure_AfterMonthsSwitchedOff_DestroysEveryOldSeed()
    {
        _network.Time.Advance(TimeSpan.FromDays(100));

        await Origin.RestartAsync();
        await DestroyWhatIsOverAsync();

        var rows = await Origin.Store.GetEpochSeedsAsync(0, default);
        Assert.All(rows, row => Assert.Equal(row.Day + EpochCalendar.SeedKeptDays < Today, row.Seed is null));
        Assert.Equal(43, (await PublishedAsync(Origin, 0)).Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public async Task Ensure_ClockJumpsAheadAndBack_HasAndPublishesTodaysKeyAgain(int days)
    {
        var start = _network.Now;
        _network.Time.Advance(TimeSpan.FromDays(days));
        await DestroyWhatIsOverAsync();
        _network.Time.AdjustTime(start.AddHours(2));

        await Origin.Services.Keys.EnsureAsync(default);

        var published = await Origin.Services.Keys.PublishedAsync(0, default);
        var keys = await PublishedAsync(Origin, 0);
        Assert.Equal(Enumerable.Range((int)Today, 43).Select(day => (uint)day), keys.Select(key => key.Day));
        Assert.All(keys, key => Assert.NotNull(Origin.Services.Keys.Find(key.Key.Rid)));
        Assert.Equal(Today + 42, Origin.Services.Keys.PublishedUntilDay);
        Assert.True((await Receiver.Services.Keys.LearnAsync(Origin.Id, published, default)).IsOk);
        Assert.Equal(
            keys[0].Key.Rid, (await Receiver.Services.Keys.CurrentOfAsync(Origin.Id, default)).Value.Key.Rid);
    }

    [Fact]
    public async Task Ensure_ClockJumpsAheadForAMoment_DestroysNothing()
    {
        var (start, key) = (_network.Now, await Forgery.KeyOfAsync(Origin, Today));
        _network.Time.Advance(TimeSpan.FromDays(30));
        await Origin.Services.Keys.EnsureAsync(default);
        Assert.Null(Origin.Services.Keys.Find(key.Rid));
        _network.Time.AdjustTime(start);

        await Origin.Services.Keys.EnsureAsync(default);

        Assert.NotNull(Origin.Services.Keys.Find(key.Rid));
    }

    [Fact]
    public async Task Seal_UnderAForgottenDay_IsReadableByWhoStoredItAndByNobodyAgain()
    {
        var wire = await _network.SealAsync(_network.Referral().ToParts(), notAfter: _network.Now.AddDays(30));
        var late = await _network.SealAsync(_network.Referral().ToParts(), notAfter: _network.Now.AddDays(30));
        await Receiver.DeliverAsync(wire, Origin.Id);
        _network.Time.Advance(TimeSpan.FromDays(EpochCalendar.SeedKeptDays + 1));
        await Receiver.Services.Keys.EnsureAsync(default);

        Assert.True((await Receiver.OpenAsync((await Receiver.NewestAsync()).ReferralId, Category.Services)).IsOk);
        Assert.IsType<DeliveryAnswer.KeyGone>(await Receiver.DeliverAsync(late, Origin.Id));
    }

    [Theory]
    [InlineData("signed by a stranger")]
    [InlineData("of another node")]
    [InlineData("beginning later")]
    [InlineData("ending later")]
    [InlineData("of a day that no calendar has")]
    [InlineData("of a day long over")]
    [InlineData("of a day far ahead")]
    [InlineData("one day twice")]
    [InlineData("cut short")]
    public async Task Learn_KeyThatIsNotAsItMustBe_TakesNoneIn(string wrong)
    {
        using var stranger = SigningKey.Generate();
        var good = Sign(Today);
        var bad = wrong switch
        {
            "signed by a stranger" => Sign(Today + 1, stranger),
            "of another node" => Sign(Today + 1, node: Origin.Id),
            "beginning later" => Sign(Today + 1, beginOffset: 1),
            "ending later" => Sign(Today + 1, endOffset: 1),
            "of a day that no calendar has" => Sign(uint.MaxValue),
            "of a day long over" => Sign(Today - 20),
            "of a day far ahead" => Sign(Today + 400),
            "one day twice" => Sign(Today),
            _ => new SignedKey(good.Record[..^1], good.Signature),
        };

        var refused = await Origin.Services.Keys.LearnAsync(Receiver.Id, [good, bad], default);

        Assert.Equal(RefusalCode.EpochKeyInvalid, refused.Refusal.Code);
        var current = (await Origin.Services.Keys.CurrentOfAsync(Receiver.Id, default)).Value;
        Assert.Equal((await Forgery.KeyOfAsync(Receiver, Today)).Rid, current.Key.Rid);
    }

    [Fact]
    public async Task Learn_MoreKeysThanAreKept_TakesNoneIn()
    {
        var keys = Enumerable.Range(0, 65).Select(offset => Sign(Today + (uint)offset)).ToList();

        Assert.Equal(
            RefusalCode.EpochKeyInvalid,
            (await Origin.Services.Keys.LearnAsync(Receiver.Id, keys, default)).Refusal.Code);
    }

    [Fact]
    public async Task Current_SignedByAKeyRevokedSince_CountsNoMore()
    {
        using var older = SigningKey.Generate();
        SetOlderKey(older, DirectoryKeyState.Active, null);
        var keys = Enumerable.Range(0, 43).Select(offset => Sign(Today + (uint)offset, older)).ToList();
        Assert.True((await Origin.Services.Keys.LearnAsync(Receiver.Id, keys, default)).IsOk);
        SetOlderKey(older, DirectoryKeyState.Revoked, _network.Now);

        Assert.Equal(
            RefusalCode.PeerKeysMissing,
            (await Origin.Services.Keys.CurrentOfAsync(Receiver.Id, default)).Refusal.Code);
        Assert.True(await Origin.Services.Keys.NeedsKeysOfAsync(Receiver.Id, default));
    }

    [Fact]
    public async Task NeedsKeys_HalfOfThemLeft_AsksAgain()
    {
        Assert.False(await Origin.Services.Keys.NeedsKeysOfAsync(Receiver.Id, default));
        _network.Time.Advance(TimeSpan.FromDays(22));

        Assert.True(await Origin.Services.Keys.NeedsKeysOfAsync(Receiver.Id, default));
    }

    [Fact]
    public async Task Send_WithoutTheRecipientsKeys_IsRefusedAndNothingIsStored()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        await Origin.Services.Keys.LearnAsync(Receiver.Id, [], default);
        var before = (await AuditEntry.ReadAsync(Origin)).Count;

        var refused = await _network.SendAsync(drafted.ReferralId);

        Assert.Equal(RefusalCode.PeerKeysMissing, refused.Refusal.Code);
        Assert.Empty(await Origin.Store.ListOutboxAsync(true, 10, default));
        Assert.Equal(before, (await AuditEntry.ReadAsync(Origin)).Count);
    }

    private static async Task<IReadOnlyList<EpochKeyRecord>> PublishedAsync(TestNode node, uint fromDay) =>
    [
        .. (await node.Services.Keys.PublishedAsync(fromDay, default))
            .Select(key => EpochKeyRecord.Parse(key.Record.Span, key.Signature.Span).Value),
    ];

    private static byte[] RowOf(uint day)
    {
        var row = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(row, day);
        return row;
    }

    // A day counts once the clock has told it for a while.
    private async Task DestroyWhatIsOverAsync()
    {
        await Origin.Services.Keys.EnsureAsync(default);
        _network.Time.Advance(EpochKeys.ClockBelievedAfter);
        await Origin.Services.Keys.EnsureAsync(default);
    }

    private SignedKey Sign(
        uint day, SigningKey? key = null, NodeId? node = null, ulong beginOffset = 0, ulong endOffset = 0)
    {
        using var pair = KemPrivateKey.Generate();
        var begin = day * 86_400UL;
        var record = EpochKeyRecord.Issue(
            key ?? Receiver.Keys.Identity,
            node ?? Receiver.Id,
            day,
            begin + beginOffset,
            begin + 86_399 + endOffset,
            pair.Public);
        return new SignedKey(record.Record, record.Signature);
    }

    private void SetOlderKey(SigningKey key, DirectoryKeyState state, DateTimeOffset? since) =>
        _network.Change(Receiver, entry => entry with
        {
            Keys = [entry.Keys[0], new DirectoryKey(key.Public, state, since)],
        });
}
