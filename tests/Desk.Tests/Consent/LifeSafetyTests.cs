using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Desk.Tests.Consent;

/// <summary>Rules on which somebody's safety depends: journey, pickup, embassy, a possible minor.</summary>
public sealed class LifeSafetyTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task SendMovement_BeforeAcceptance_IsRefusedAndNothingSaved()
    {
        var referral = await _network.DeliverAsync(Category.Movement);

        var refused = await _network.MoveAsync(referral.Here, WireSections.Movement());

        Assert.Equal(RefusalCode.MovementBeforeAcceptance, refused.Refusal.Code);
        Assert.Equal(RefusalCode.NotFound, (await Origin.OpenAsync(referral.Here, Category.Movement)).Refusal.Code);
    }

    [Fact]
    public async Task SendMovement_WithoutAGrant_IsRefusedAndNothingSaved()
    {
        var referral = await _network.AcceptAsync();

        var refused = await _network.MoveAsync(referral.Here, WireSections.Movement());

        Assert.Equal(RefusalCode.GrantMissing, refused.Refusal.Code);
        Assert.Equal(RefusalCode.NotFound, (await Origin.OpenAsync(referral.Here, Category.Movement)).Refusal.Code);
    }

    [Fact]
    public async Task SendMovement_AnotherSection_IsRefused()
    {
        var referral = await _network.AcceptAsync(Category.Movement);

        var refused = await _network.MoveAsync(referral.Here, WireSections.Services());

        Assert.Equal(RefusalCode.FieldNotAllowed, refused.Refusal.Code);
    }

    [Fact]
    public async Task SendMovement_Accepted_ArrivesAsVersionsOfOneSection()
    {
        var referral = await _network.AcceptAsync(Category.Movement);

        Assert.Equal(1U, (await _network.MoveAsync(referral.Here, WireSections.Movement())).Value.Version);
        var changed = await _network.MoveAsync(referral.Here, WireSections.Movement(challenge: "Red hat"));
        Assert.Equal(2U, changed.Value.Version);
        await _network.CarryAllAsync();

        Assert.Equal(2U, (await Receiver.OpenAsync(referral.There, Category.Movement)).Value.Version);
        Assert.Equal(ReferralState.MovementSent, await Receiver.StateOfAsync(referral.There));
        Assert.Equal(
            [MessageKind.MovementDetails, MessageKind.MovementChange],
            (await Receiver.ShowAsync(referral.There)).File.Packets
                .Where(packet => packet.Incoming).Skip(1).Select(packet => packet.Kind));
    }

    [Fact]
    public async Task SendMovement_ByTheReceiver_IsRefused()
    {
        var referral = await _network.AcceptAsync(Category.Movement);

        var refused = await Receiver.Services.Movement.SendAsync(
            Receiver.Caseworker, referral.There, Story.Recorded(WireSections.Movement()), default);

        Assert.Equal(RefusalCode.StateForbids, refused.Refusal.Code);
    }

    [Fact]
    public async Task Answer_ConfirmingAPickupThatThePersonRefused_IsRefused()
    {
        var referral = await MoveAsync(Wire.PickupChoice.Refused);

        Assert.Equal(
            RefusalCode.PickupRefusedByPerson,
            (await Receiver.AnswerAsync(referral.There, Answers.Confirmed())).Refusal.Code);
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.StoodDown())).IsOk);
    }

    [Fact]
    public async Task Answer_StandingDownAPickupThatThePersonWants_IsRefused()
    {
        var referral = await MoveAsync(Wire.PickupChoice.Wanted);

        Assert.Equal(
            RefusalCode.AnswerDoesNotFit,
            (await Receiver.AnswerAsync(referral.There, Answers.StoodDown())).Refusal.Code);
    }

    [Fact]
    public async Task Answer_ConfirmingAnOlderOrUnknownPlan_IsRefused()
    {
        var referral = await MoveAsync(Wire.PickupChoice.Wanted);
        await _network.MoveAsync(referral.Here, WireSections.Movement(challenge: "Red hat"));
        await _network.CarryAllAsync();

        Assert.Equal(
            RefusalCode.SectionVersionOld,
            (await Receiver.AnswerAsync(referral.There, Answers.Confirmed(1))).Refusal.Code);
        Assert.Equal(
            RefusalCode.AnswerDoesNotFit,
            (await Receiver.AnswerAsync(referral.There, Answers.Confirmed(3))).Refusal.Code);
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.Confirmed(2))).IsOk);
    }

    [Fact]
    public async Task Receive_ConfirmationOfAPlanThatChangedMeanwhile_DoesNotConfirmTheNewOne()
    {
        var referral = await MoveAsync(Wire.PickupChoice.Wanted);
        Assert.True((await Receiver.AnswerAsync(referral.There, Answers.Confirmed(1))).IsOk);
        Assert.True((await _network.MoveAsync(referral.Here, WireSections.Movement(challenge: "Red hat"))).IsOk);

        await TestNetwork.CarryAsync(Receiver, Origin);

        Assert.Equal(ReferralState.MovementSent, await Origin.StateOfAsync(referral.Here));
    }

    [Fact]
    public async Task Answer_ReportingAsMetWhoWantedNobody_IsRefused()
    {
        var referral = await MoveAsync(Wire.PickupChoice.Refused);

        Assert.Equal(
            RefusalCode.AnswerDoesNotFit,
            (await Receiver.AnswerAsync(referral.There, Answers.Arrived())).Refusal.Code);
        Assert.True((await Receiver.AnswerAsync(
            referral.There, Answers.Arrived(ArrivalOutcome.ArrivedCalledAsAgreed))).IsOk);
    }

    [Fact]
    public async Task Answer_DocumentByTheEmbassyThatIsForbidden_IsRefusedAtBothEnds()
    {
        var referral = await _network.DeliverAsync();

        Assert.Equal(
            RefusalCode.EmbassyForbidden,
            (await Receiver.AnswerAsync(referral.There, Answers.Document(DocumentRoute.Embassy))).Refusal.Code);
        Assert.Equal(
            RefusalCode.EmbassyForbidden,
            (await Origin.AnswerAsync(referral.Here, Answers.Document(DocumentRoute.Embassy))).Refusal.Code);
    }

    [Fact]
    public async Task Answer_DocumentByTheEmbassyAtTheOriginAgainstItsOwnSection_IsRefused()
    {
        var referral = await DocumentsAsync(PermissionAnswer.Yes, WireSections.TravelDocs());

        Assert.Equal(
            RefusalCode.EmbassyForbidden,
            (await Origin.AnswerAsync(referral.Here, Answers.Document(DocumentRoute.Embassy))).Refusal.Code);
        Assert.Equal(
            RefusalCode.EmbassyForbidden,
            (await Receiver.AnswerAsync(referral.There, Answers.Document(DocumentRoute.Embassy))).Refusal.Code);
    }

    [Fact]
    public async Task Answer_DocumentByTheEmbassyAfterThePersonForbadeIt_IsRefusedAtTheOrigin()
    {
        var referral = await DocumentsAsync(
            PermissionAnswer.Yes, WireSections.TravelDocs(Wire.EmbassyContact.AllowedByPersonOnly));
        await _network.AgreeAsync([Receiver.Grant(Category.Services)], referral.CaseId);

        Assert.Equal(
            RefusalCode.EmbassyForbidden,
            (await Origin.AnswerAsync(referral.Here, Answers.Document(DocumentRoute.Embassy))).Refusal.Code);
    }

    [Fact]
    public async Task Answer_EmergencyDocumentWithItsGroundInTheCase_IsSentByTheOriginToo()
    {
        var referral = await DocumentsAsync(PermissionAnswer.No, WireSections.TravelDocs(hasEtdGround: true));
        var report = Answers.Document(kind: TravelDocumentKind.EuEtd);

        Assert.True((await Origin.AnswerAsync(referral.Here, report)).IsOk);
        Assert.True((await Receiver.AnswerAsync(referral.There, report)).IsOk);
    }

    [Fact]
    public async Task Stop_PossibleMinor_StopsTheCaseForGood()
    {
        var referral = await _network.AcceptAsync(Category.Movement, Category.Identity);
        var draft = (await _network.DraftAsync(
            Story.Draft(referral.CaseId, Receiver.Id, WireSections.Identity()))).Value;

        var stopped = await Origin.Services.Draft.StopAsync(Origin.Caseworker, referral.CaseId, default);

        Assert.Equal(RefusalCode.PossibleMinor, stopped.Code);
        Assert.Equal(RefusalCode.PossibleMinor, (await _network.SendAsync(draft.ReferralId)).Refusal.Code);
        var again = Story.Draft(referral.CaseId, Receiver.Id, WireSections.Services());
        Assert.Equal(RefusalCode.PossibleMinor, (await _network.DraftAsync(again)).Refusal.Code);
        Assert.Equal(
            RefusalCode.PossibleMinor, (await _network.MoveAsync(referral.Here, WireSections.Movement())).Refusal.Code);
        Assert.Equal(
            RefusalCode.PossibleMinor,
            (await Origin.Services.Consents.RecordAsync(
                Origin.Caseworker,
                referral.CaseId,
                Consents.Terms(_network.Now, Receiver.Grant(Category.Services)),
                default)).Refusal.Code);
        Assert.Equal(
            RefusalCode.PossibleMinor, (await Origin.AnswerAsync(referral.Here, Answers.Document())).Refusal.Code);

        // The recipient must be told that nothing follows.
        Assert.True((await Origin.AnswerAsync(referral.Here, Answers.Cancelled)).IsOk);
        Assert.Contains(
            await AuditEntry.ReadAsync(Origin), entry => entry.Kind is AuditDetailKind.StoppedPossibleMinor);
    }

    [Fact]
    public async Task Stop_PossibleMinor_StopsADraftedEnquiryToo()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);
        var enquiry = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id) with
        {
            Stage = DisclosureStage.Enquiry,
            Enquiry = Answers.Question,
        });
        await Origin.Services.Draft.StopAsync(Origin.Caseworker, caseId, default);

        Assert.Equal(RefusalCode.PossibleMinor, (await _network.SendAsync(enquiry.Value.ReferralId)).Refusal.Code);
    }

    [Fact]
    public async Task Stop_CaseThatIsNotThere_SaysSo() => Assert.Equal(
        RefusalCode.NotFound,
        (await Origin.Services.Draft.StopAsync(
            Origin.Caseworker, Storage.RowId.New(_network.Time), default)).Code);

    private async Task<Referral> MoveAsync(Wire.PickupChoice choice)
    {
        var referral = await _network.AcceptAsync(Category.Movement);
        Assert.True((await _network.MoveAsync(referral.Here, WireSections.Movement(choice))).IsOk);
        await _network.CarryAllAsync();
        return referral;
    }

    private async Task<Referral> DocumentsAsync(PermissionAnswer embassy, Wire.Section section)
    {
        var caseId = await _network.AgreeAsync(
            [Receiver.Grant(Category.TravelDocs)],
            edit: terms => terms with { Permissions = new Permissions { EmbassyContact = embassy } });
        var drafted = (await _network.DraftAsync(Story.Draft(caseId, Receiver.Id, section))).Value;
        var row = await _network.SendAsync(drafted.ReferralId);
        await _network.CarryAllAsync();
        return new Referral(caseId, drafted.ReferralId, row.Value, (await Receiver.NewestAsync()).ReferralId);
    }
}
