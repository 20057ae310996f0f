using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Tests.Consent;

/// <summary>Consent at the end that reads: asked at every opening, and every opening logged, a denied one as
/// well.</summary>
public sealed class OpenSectionTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Open_Granted_ShowsTheSectionAndLogsIt()
    {
        var there = (await _network.DeliverAsync()).There;

        var view = (await Receiver.OpenAsync(there, Category.Services)).Value;

        Assert.Equal(Story.Recorded(WireSections.Services()).Section, view.Section.Content);
        Assert.Equal((1U, false), (view.Version, view.Section.HasNewerFields));
        Assert.Empty(view.Warnings);
        var entry = (await AuditEntry.ReadAsync(Receiver))[^1];
        Assert.Equal((AuditEvent.Local, AuditOutcome.Done), (entry.Row.Event, entry.Row.Outcome));
        Assert.Equal(AuditDetailKind.SectionOpened, entry.Kind);
        Assert.Equal(Category.Services, Assert.Single(entry.Detail.Categories));
        Assert.Equal(Receiver.Caseworker.UserId.ToArray(), entry.Detail.UserId.ToArray());
    }

    [Fact]
    public async Task Open_AfterRestartAndAfterTheSeedIsGone_StillShowsTheSection()
    {
        var there = (await _network.DeliverAsync()).There;
        _network.Time.Advance(TimeSpan.FromDays(6));
        await Receiver.RestartOnOwnKeystoreAsync();
        _network.Time.Advance(EpochKeys.ClockBelievedAfter);
        await Receiver.Services.Keys.EnsureAsync(default);

        Assert.True((await Receiver.OpenAsync(there, Category.Services)).IsOk);
        Assert.Null((await Receiver.Store.GetEpochSeedsAsync(0, default))[0].Seed);
    }

    [Fact]
    public async Task Open_PurposeThatIsNotGranted_IsDeniedAndLogged() =>
        await AssertDeniedAsync(Category.Services, RefusalCode.GrantMissing, Purpose.Shelter);

    [Fact]
    public async Task Open_SectionThatNeverCame_IsDeniedAndLogged() =>
        await AssertDeniedAsync(Category.Identity, RefusalCode.GrantMissing);

    [Fact]
    public async Task Open_AfterTheGrantEnded_IsDeniedAndLogged()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services) with { ExpiresAt = _network.Now.AddHours(2) }]);
        var drafted = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()));
        await _network.SendAsync(drafted.Value.ReferralId);
        await _network.CarryAllAsync();
        var there = (await Receiver.NewestAsync()).ReferralId;
        _network.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(RefusalCode.GrantExpired, (await Receiver.OpenAsync(there, Category.Services)).Refusal.Code);
        Assert.Equal(AuditDetailKind.AccessDenied, (await AuditEntry.ReadAsync(Receiver))[^1].Kind);
    }

    [Theory]
    [InlineData(Role.FocalPoint)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.NodeAdministrator)]
    [InlineData(Role.SecurityOfficer)]
    public async Task Open_ByARoleThatMayNot_IsDeniedAndLoggedAtBothEnds(Role role)
    {
        var referral = await _network.DeliverAsync();
        foreach (var (node, id) in new[] { (Receiver, referral.There), (Origin, referral.Here) })
        {
            var actor = node.Act(role);
            var denied = await node.Services.Open.OpenAsync(
                actor, id, Category.Services, Purpose.Reintegration, default);

            var entry = (await AuditEntry.ReadAsync(node))[^1];
            Assert.Equal(RefusalCode.RoleMayNot, denied.Refusal.Code);
            Assert.Equal((AuditDetailKind.AccessDenied, AuditOutcome.Refused), (entry.Kind, entry.Row.Outcome));
            Assert.Equal((int)RefusalCode.RoleMayNot, entry.Detail.ReasonCode);
            Assert.Equal(((byte)role, actor.UserId.ToArray().Length), (entry.Detail.Role, entry.Detail.UserId.Length));
        }
    }

    [Fact]
    public async Task Open_OwnCase_ShowsWhatIsNotSharedToo()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Identity()))).Value;

        Assert.True((await Origin.OpenAsync(drafted.ReferralId, Category.Identity)).IsOk);
        Assert.Equal(
            RefusalCode.NotFound, (await Origin.OpenAsync(drafted.ReferralId, Category.Risk)).Refusal.Code);
    }

    [Fact]
    public async Task Open_MovementMoreThan72HoursAfterTheArrival_IsDenied()
    {
        var referral = await _network.AcceptAsync(Category.Movement);
        Assert.True((await _network.MoveAsync(referral.Here, WireSections.Movement())).IsOk);
        await _network.CarryAllAsync();
        var arrival = new DateTimeOffset(2026, 3, 10, 20, 45, 0, TimeSpan.FromHours(2));

        _network.Time.SetUtcNow(arrival.AddHours(72).AddSeconds(-1));
        Assert.True((await Receiver.OpenAsync(referral.There, Category.Movement)).IsOk);

        _network.Time.SetUtcNow(arrival.AddHours(72));
        Assert.Equal(
            RefusalCode.SectionExpired, (await Receiver.OpenAsync(referral.There, Category.Movement)).Refusal.Code);
    }

    [Fact]
    public async Task Open_SectionOfANewerFormat_SaysSo()
    {
        var forged = _network.Referral();
        forged.Replace(2, WireSections.WithNewerField(WireSections.Services()));
        await Receiver.DeliverAsync(await _network.SealAsync(forged.ToParts()), Origin.Id);

        var view = (await Receiver.OpenAsync((await Receiver.NewestAsync()).ReferralId, Category.Services)).Value;

        Assert.True(view.Section.HasNewerFields);
    }

    [Fact]
    public async Task Send_TwoRecipients_CannotTellThatTheyHelpTheSamePerson()
    {
        await using var network = await TestNetwork.StartAsync(3);
        var caseId = await network.AgreeAsync(
            [network.Receiver.Grant(Category.Services), network.Third.Grant(Category.Services)],
            edit: terms => terms with { Evidence = EvidenceDigest.Of([7]) });
        foreach (var recipient in new[] { network.Receiver, network.Third })
        {
            var drafted = await network.DraftAsync(Story.Draft(caseId, recipient.Id, WireSections.Services()));
            await network.SendAsync(drafted.Value.ReferralId);
        }

        await network.CarryAllAsync();

        var one = (await network.Receiver.NewestAsync()).File;
        var other = (await network.Third.NewestAsync()).File;
        Assert.NotEqual(one.Alias, other.Alias);
        Assert.NotEqual(one.Conversation, other.Conversation);
        Assert.NotEqual(one.Excerpt!.Terms.ConsentId, other.Excerpt!.Terms.ConsentId);
        Assert.NotEqual(one.Excerpt.Terms.Salt, other.Excerpt.Terms.Salt);
        Assert.NotEqual(one.Excerpt.Terms.Evidence, other.Excerpt.Terms.Evidence);
        Assert.NotEqual(one.Excerpt.Grants[0].Id, other.Excerpt.Grants[0].Id);
        Assert.NotEqual(one.Packets[0].Message, other.Packets[0].Message);
        Assert.DoesNotContain(one.Excerpt.Grants, grant => grant.OnwardTo.Count > 0);
    }

    private async Task AssertDeniedAsync(Category category, RefusalCode code, Purpose? purpose = null)
    {
        var there = (await _network.DeliverAsync()).There;

        var denied = await Receiver.OpenAsync(there, category, purpose);

        var entry = (await AuditEntry.ReadAsync(Receiver))[^1];
        Assert.Equal(code, denied.Refusal.Code);
        Assert.Equal((AuditDetailKind.AccessDenied, AuditOutcome.Refused), (entry.Kind, entry.Row.Outcome));
        Assert.Equal((int)code, entry.Detail.ReasonCode);
    }
}
