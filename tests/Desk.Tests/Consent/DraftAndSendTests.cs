using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Directory;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Desk.Tests.Consent;

/// <summary>Consent at the end that sends: default deny, asked when a referral is drafted and again when it is sent
/// (docs/spec/casework.md, sections 2 and 3).</summary>
public sealed class DraftAndSendTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Draft_SectionWithoutAGrant_StaysAtHome()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var drafted = (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Identity()))).Value;

        Assert.Equal([new SectionChoice(Category.Services, Purpose.Reintegration)], drafted.Included);
        Assert.Equal([(Category.Identity, RefusalCode.GrantMissing)], drafted.Withheld);
    }

    [Fact]
    public async Task Draft_GrantThatDoesNotCountYet_SaysWhyItStaysAtHome()
    {
        var tomorrow = _network.Now.AddDays(1);
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services), Receiver.Grant(Category.Identity) with { ValidFrom = tomorrow }]);

        var drafted = (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Identity()))).Value;

        Assert.Equal([(Category.Identity, RefusalCode.GrantNotYetValid)], drafted.Withheld);
    }

    [Fact]
    public async Task Draft_NothingGranted_IsRefusedAndNothingSaved()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var refused = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Identity()));

        Assert.Equal(RefusalCode.GrantMissing, refused.Refusal.Code);
        Assert.Empty((await Origin.Services.List.ListAsync(Origin.Caseworker, null, default)).Value);
    }

    [Fact]
    public async Task Draft_GrantForAnotherRecipient_CountsForNobodyElse()
    {
        var third = RecipientId.FromBytes(TestNetwork.ThirdId.ToArray()).Value;
        var caseId = await _network.AgreeAsync([Consents.Grant(third, Category.Services)]);

        var refused = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()));

        Assert.Equal(RefusalCode.GrantMissing, refused.Refusal.Code);
    }

    [Fact]
    public async Task Send_ConsentRevisedBetweenReadAndCommit_IsChangedMeanwhile()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()));
        Origin.Watched.Before = (
            "referral-send", () => _network.AgreeAsync([Receiver.Grant(Category.Identity)], caseId));

        var sent = await _network.SendAsync(drafted.Value.ReferralId);

        Assert.Equal(RefusalCode.ChangedMeanwhile, sent.Refusal.Code);
        Assert.Empty(await Origin.Services.Outbox.ListAsync(true, default));
    }

    [Fact]
    public async Task Draft_ChoiceWithoutAGrant_IsRefusedByItsPlace()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var refused = await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Identity()) with
            {
                Choices =
                [
                    new SectionChoice(Category.Services, Purpose.Reintegration),
                    new SectionChoice(Category.Identity, Purpose.Reintegration),
                ],
            });

        Assert.Equal((RefusalCode.GrantMissing, "draft.choices[1]"), (refused.Refusal.Code, refused.Refusal.Field));
    }

    [Fact]
    public async Task Draft_ChoiceForAnotherPurpose_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var refused = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()) with
        {
            Choices = [new SectionChoice(Category.Services, Purpose.Shelter)],
        });

        Assert.Equal(RefusalCode.GrantMissing, refused.Refusal.Code);
    }

    [Fact]
    public async Task Draft_CategoryChosenTwice_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var choice = new SectionChoice(Category.Services, Purpose.Reintegration);

        var refused = await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services()) with { Choices = [choice, choice] });

        Assert.Equal(RefusalCode.ValueTwice, refused.Refusal.Code);
    }

    [Fact]
    public async Task Draft_GrantThatHasNotBegun_IsRefused()
    {
        var later = Receiver.Grant(Category.Services) with { ValidFrom = _network.Now.AddDays(1) };
        var caseId = await _network.AgreeAsync([later]);

        var refused = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()) with
        {
            Choices = [new SectionChoice(Category.Services, Purpose.Reintegration)],
        });

        Assert.Equal(RefusalCode.GrantNotYetValid, refused.Refusal.Code);
    }

    [Fact]
    public async Task Draft_MovementGranted_StaysAtHomeUntilAcceptance()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services), Receiver.Grant(Category.Movement)]);

        var drafted = (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Movement()))).Value;

        Assert.DoesNotContain(drafted.Included, choice => choice.Category is Category.Movement);
        Assert.Equal([(Category.Movement, RefusalCode.MovementBeforeAcceptance)], drafted.Withheld);
    }

    [Fact]
    public async Task Draft_MovementChosen_IsRefused()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services), Receiver.Grant(Category.Movement)]);

        var refused = await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.Services(), WireSections.Movement()) with
            {
                Choices = [new SectionChoice(Category.Movement, Purpose.Reception)],
            });

        Assert.Equal(RefusalCode.MovementBeforeAcceptance, refused.Refusal.Code);
    }

    [Fact]
    public async Task Draft_ForTheNodeItselfOrAStranger_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var self = await _network.DraftAsync(Enquiry(Origin.Id));
        var stranger = await _network.DraftAsync(Enquiry(Sealing.NodeId.NewRandom()));
        var unlisted = await _network.DraftAsync(
            Story.Draft(caseId, Sealing.NodeId.NewRandom(), WireSections.Services()));

        Assert.Equal(RefusalCode.RecipientUnknown, self.Refusal.Code);
        Assert.Equal(RefusalCode.RecipientUnknown, stranger.Refusal.Code);
        Assert.Equal(RefusalCode.GrantMissing, unlisted.Refusal.Code);
    }

    [Fact]
    public async Task Draft_SectionInAnEnquiry_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var refused = await _network.DraftAsync(
            Enquiry(Receiver.Id) with { CaseId = caseId, Sections = [Story.Recorded(WireSections.Services())] });

        Assert.Equal(RefusalCode.IdentityInEnquiry, refused.Refusal.Code);
    }

    [Fact]
    public async Task Send_GrantThatEndedSinceTheDraft_IsRefusedAndNothingLeaves()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.Services) with { ExpiresAt = _network.Now.AddHours(1) }]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        _network.Time.Advance(TimeSpan.FromHours(1));

        var refused = await _network.SendAsync(drafted.ReferralId);

        Assert.Equal(RefusalCode.GrantExpired, refused.Refusal.Code);
        await AssertNothingQueuedAsync();
        Assert.Equal(ReferralState.Draft, await Origin.StateOfAsync(drafted.ReferralId));
    }

    [Fact]
    public async Task Send_ConsentNarrowedSinceTheDraft_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        await _network.AgreeAsync([Receiver.Grant(Category.Identity)], caseId);

        Assert.Equal(RefusalCode.GrantMissing, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
        await AssertNothingQueuedAsync();
    }

    [Fact]
    public async Task Send_Twice_IsRefusedTheSecondTime()
    {
        var queued = await _network.QueueAsync();

        Assert.Equal(RefusalCode.AlreadySent, (await _network.SendAsync(queued.Here)).Refusal.Code);
    }

    [Fact]
    public async Task Send_DraftThatLayForDays_AsksForAnAnswerCountedFromNow()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        _network.Time.Advance(TimeSpan.FromHours(10));

        Assert.True((await _network.SendAsync(drafted.ReferralId)).IsOk);
        await _network.CarryAllAsync();

        var respondBy = _network.Now + Deadlines.DecideWithin(Priority.Normal);
        Assert.Equal(respondBy, (await Receiver.NewestAsync()).File.RespondBy);
        Assert.Equal(respondBy, (await Origin.NewestAsync()).File.RespondBy);
    }

    [Fact]
    public async Task Send_DocumentNumberInAReferral_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.TravelDocs)]);
        var drafted = (await _network.DraftAsync(
            Story.Draft(caseId, Receiver.Id, WireSections.TravelDocs(number: "X1")))).Value;

        Assert.Equal(RefusalCode.StageDoesNotFit, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
    }

    [Fact]
    public async Task Send_SectionThatAllowsTheEmbassyWhilePersonForbade_IsRefused()
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.TravelDocs)], edit: terms => With(terms, embassy: PermissionAnswer.No));
        var drafted = (await _network.DraftAsync(Story.Draft(
            caseId, Receiver.Id, WireSections.TravelDocs(Wire.EmbassyContact.AllowedByPersonOnly)))).Value;

        Assert.Equal(RefusalCode.EmbassyForbidden, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
    }

    [Fact]
    public async Task Record_GrantForAFocalPoint_IsRefused()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.FocalPoint });

        Assert.Equal(RefusalCode.RecipientMaySeeNoContent, await RecordRefusedAsync(Category.Services));
    }

    [Fact]
    public async Task Send_RecipientThatBecameAFocalPoint_GetsNothing()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.FocalPoint });

        Assert.Equal(
            RefusalCode.RecipientMaySeeNoContent, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
        Assert.True((await _network.DraftAsync(Enquiry(Receiver.Id))).IsOk);
    }

    [Fact]
    public async Task Record_GrantForAConsulateWhileTheEmbassyIsForbidden_IsRefused()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.Consulate });

        Assert.Equal(RefusalCode.EmbassyForbidden, await RecordRefusedAsync(Category.TravelDocs));
    }

    [Fact]
    public async Task Send_ConsulateAfterThePersonForbadeTheEmbassy_IsRefused()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.Consulate });
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.TravelDocs)], edit: terms => With(terms, embassy: PermissionAnswer.Yes));
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.TravelDocs()))).Value;
        var third = RecipientId.FromBytes(TestNetwork.ThirdId.ToArray()).Value;
        await _network.AgreeAsync(
            [Consents.Grant(third, Category.TravelDocs)], caseId, terms => With(terms, embassy: PermissionAnswer.No));

        Assert.False((await _network.SendAsync(drafted.ReferralId)).IsOk);
        await AssertNothingQueuedAsync();
    }

    [Fact]
    public async Task Draft_EnquiryToAConsulate_IsRefusedWhateverTheCaseSays()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.Consulate });
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.TravelDocs)], edit: terms => With(terms, embassy: PermissionAnswer.Yes));

        var refused = await _network.DraftAsync(Enquiry(Receiver.Id) with { CaseId = caseId });

        Assert.Equal(RefusalCode.EmbassyForbidden, refused.Refusal.Code);
    }

    [Fact]
    public async Task Send_DirectoryEnded_GoesToNobodyButConsentIsRecorded()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(null, Receiver.Id) with
        {
            Stage = DisclosureStage.Enquiry,
            Enquiry = Answers.Question,
        })).Value;
        _network.Time.Advance(TimeSpan.FromDays(NodeDirectory.LifetimeDaysMax));

        Assert.Equal(RefusalCode.DirectoryExpired, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
        await _network.AgreeAsync([Receiver.Grant(Category.Identity)], caseId);
    }

    [Fact]
    public async Task Send_SuspendedRecipient_GetsNothing()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, WireSections.Services()))).Value;
        _network.Change(Receiver, entry => entry with { IsSuspended = true });

        Assert.Equal(RefusalCode.RecipientSuspended, (await _network.SendAsync(drafted.ReferralId)).Refusal.Code);
    }

    private static ConsentTerms With(ConsentTerms terms, PermissionAnswer embassy) =>
        terms with { Permissions = new Permissions { EmbassyContact = embassy } };

    private static Desk.Referrals.ReferralDraft Enquiry(Sealing.NodeId recipient) => Story.Draft(null, recipient) with
    {
        Stage = DisclosureStage.Enquiry,
        Enquiry = Answers.Question,
    };

    private async Task<RefusalCode> RecordRefusedAsync(Category category) =>
        (await Origin.Services.Consents.RecordAsync(
            Origin.Caseworker, null, Consents.Terms(_network.Now, Receiver.Grant(category)), default)).Refusal.Code;

    private async Task AssertNothingQueuedAsync() =>
        Assert.Empty(await Origin.Store.ListOutboxAsync(true, 10, default));
}
