using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>What each use case leaves in the audit intake (docs/spec/audit-intake.md, section 3).</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task SectionOpened_NamesTheReferral()
    {
        var referral = await _network.DeliverAsync();
        await Receiver.OpenAsync(referral.There, Category.Services);
        await Receiver.OpenAsync(referral.There, Category.Risk);
        await Origin.OpenAsync(referral.Here, Category.Services);

        var there = await AuditEntry.ReadAsync(Receiver);
        Assert.All(there.TakeLast(2), entry => Assert.Equal(
            referral.There.ToArray(), entry.Detail.ReferralId.ToArray()));
        Assert.Equal(
            referral.Here.ToArray(), (await AuditEntry.ReadAsync(Origin))[^1].Detail.ReferralId.ToArray());
    }

    [Fact]
    public async Task ConsentRecordedAndShown_NamesTheCase()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        await Origin.Services.Consents.ShowAsync(Origin.Caseworker, caseId, default);

        Assert.All((await AuditEntry.ReadAsync(Origin)).TakeLast(2), entry => Assert.Equal(
            caseId.ToArray(), entry.Detail.CaseId.ToArray()));
    }

    [Theory]
    [InlineData(Role.FocalPoint)]
    [InlineData(Role.NodeAdministrator)]
    public async Task ConsentShown_ByARoleThatMayNot_IsLogged(Role role)
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var before = (await AuditEntry.ReadAsync(Origin)).Count;

        var denied = await Origin.Services.Consents.ShowAsync(Origin.Act(role), caseId, default);

        Assert.Equal(RefusalCode.RoleMayNot, denied.Refusal.Code);
        var entry = Assert.Single((await AuditEntry.ReadAsync(Origin)).Skip(before));
        Assert.Equal((AuditDetailKind.AccessDenied, AuditOutcome.Refused), (entry.Kind, entry.Row.Outcome));
        Assert.Equal((int)RefusalCode.RoleMayNot, entry.Detail.ReasonCode);
        Assert.Equal(caseId.ToArray(), entry.Detail.CaseId.ToArray());
    }

    [Fact]
    public async Task Refused_AtTheDeskOrByAPeer_LeavesNoRowOfADoneThing()
    {
        var referral = await _network.DeliverAsync();
        var before = (await AuditEntry.ReadAsync(Origin)).Count;

        await _network.SendAsync(referral.Here);
        await _network.MoveAsync(referral.Here, WireSections.Movement());
        await _network.DraftAsync(Story.Draft(referral.CaseId, Receiver.Id, WireSections.Identity()) with
        {
            Choices = [new SectionChoice(Category.Identity, Purpose.Reintegration)],
        });

        Assert.Equal(before, (await AuditEntry.ReadAsync(Origin)).Count);
    }

    [Fact]
    public async Task Tags_OfOnePacket_AreTheSameAtBothEndsAndNowhereElse()
    {
        await _network.AcceptAsync();

        var sent = await TagsAsync(AuditEvent.PacketSent);
        var received = await TagsAsync(AuditEvent.PacketReceived);

        // Each is sent once and closed once.
        Assert.Equal((4, 2), (sent.Count, sent.Distinct().Count()));
        Assert.Equal(sent.Distinct().Order(), received.Order());
    }

    [Fact]
    public async Task Details_OfOneReferral_NameTheSameExcerptAtBothEnds()
    {
        await _network.DeliverAsync();

        var here = (await AuditEntry.ReadAsync(Origin)).Single(entry => entry.Row.Outcome is AuditOutcome.Pending);
        var there = (await AuditEntry.ReadAsync(Receiver)).Single();

        Assert.Equal(Digest.SizeBytes, here.Detail.ExcerptDigest.Length);
        Assert.Equal(here.Detail.ExcerptDigest.ToArray(), there.Detail.ExcerptDigest.ToArray());
    }

    [Fact]
    public async Task Rows_OfEveryKind_HoldNoFreeTextAndSayLittleBySize()
    {
        var referral = await _network.AcceptAsync(Category.Movement, Category.Identity);
        await _network.MoveAsync(referral.Here, WireSections.Movement());
        await _network.CarryAllAsync();
        await Receiver.OpenAsync(referral.There, Category.Movement);

        var entries = (await AuditEntry.ReadAsync(Origin)).Concat(await AuditEntry.ReadAsync(Receiver)).ToArray();
        var alias = (await Origin.ShowAsync(referral.Here)).File.Alias.ToString();
        byte[][] needles = [.. new[] { WireSections.Marker, "Uosis-3", alias }.Select(Encoding.UTF8.GetBytes)];

        Assert.NotEmpty(entries);
        Assert.All(entries, entry =>
        {
            Assert.Equal(0, entry.DetailBytes.Length % EntryDetail.PaddingSizeBytes);
            Assert.DoesNotContain(needles, needle => entry.DetailBytes.AsSpan().IndexOf(needle) >= 0);
            Assert.Equal(0, entry.Row.AtMinute.Second);
        });
        Assert.Equal(entries.Length, entries.Select(entry => entry.Row.DetailDigest).Distinct().Count());
    }

    [Fact]
    public async Task Rows_OfThisNodeAlone_LookAlike()
    {
        await _network.AcceptAsync();

        var local = (await AuditEntry.ReadAsync(Origin)).Where(entry => entry.Row.Event is AuditEvent.Local).ToArray();

        Assert.True(local.Select(entry => entry.Kind).Distinct().Count() > 1);
        Assert.All(local, entry => Assert.Equal(
            (default(Digest), 0, 0),
            (entry.Row.Tag, entry.Row.Peer.ToArray().Sum(b => b), entry.Row.Handle.ToArray().Sum(b => b))));
    }

    private async Task<IReadOnlyList<string>> TagsAsync(AuditEvent kind)
    {
        var entries = (await AuditEntry.ReadAsync(Origin)).Concat(await AuditEntry.ReadAsync(Receiver));
        return [.. entries.Where(entry => entry.Row.Event == kind).Select(entry => entry.Row.Tag.ToString())];
    }
}
