using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Referrals;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Referrals;

/// <summary>Coded answers (docs/spec/casework.md, section 10).</summary>
public sealed class AnswerTests
{
    [Fact]
    public void Enquiry_PossibleMinor_StopsTheFlow() => Expect.Refusal(
        RefusalCode.PossibleMinor, "age_band", Enquiry.Create(AgeBand.MinorPossible, Gender.Female, [], [], [], 0));

    [Fact]
    public void Enquiry_UnknownCodes_Refused()
    {
        Expect.Refusal(RefusalCode.CodeUnknown, "services[0]", Enquiry.Create(
            AgeBand.From60, Gender.Female, [], [], [(ServiceKind)99], 0));
        Expect.Refusal(RefusalCode.CodeUnknown, "gender", Enquiry.Create(
            AgeBand.From60, (Gender)99, [], [], [], 0));
        Expect.Refusal(RefusalCode.ValueTwice, "exploitation_forms[1]", Enquiry.Create(
            AgeBand.From60, Gender.Female, [ExploitationForm.Labour, ExploitationForm.Labour], [], [], 0));
        Expect.Refusal(RefusalCode.NumberOutOfRange, "children_travelling", Enquiry.Create(
            AgeBand.From60, Gender.Female, [], [], [], 11));
    }

    [Theory]
    [InlineData(EnquiryVerdict.Cannot, DeclineCode.Unspecified, RefusalCode.DeclineCodeMissing, "decline_code")]
    [InlineData(EnquiryVerdict.Can, DeclineCode.NoCapacity, RefusalCode.FieldNotAllowed, "decline_code")]
    [InlineData(EnquiryVerdict.TryOther, DeclineCode.Unspecified, RefusalCode.AnswerDoesNotFit, "alternatives")]
    [InlineData(EnquiryVerdict.Unspecified, DeclineCode.Unspecified, RefusalCode.FieldMissing, "verdict")]
    [InlineData(EnquiryVerdict.Cannot, (DeclineCode)99, RefusalCode.CodeUnknown, "decline_code")]
    public void EnquiryAnswer_ThatDoesNotFitItself_Refused(
        EnquiryVerdict verdict, DeclineCode decline, RefusalCode code, string field) =>
        Expect.Refusal(code, field, EnquiryAnswer.Create(verdict, decline, [], null));

    [Fact]
    public void EnquiryAnswer_OfferWithoutCan_Refused() => Expect.Refusal(
        RefusalCode.FieldNotAllowed,
        "offer_valid_until",
        EnquiryAnswer.Create(EnquiryVerdict.Cannot, DeclineCode.NoCapacity, [], Samples.Now));

    [Fact]
    public void Acknowledgement_LeadIsDeputy_Refused() => Expect.Refusal(
        RefusalCode.LeadWithoutDeputy,
        "deputy_alias",
        Acknowledgement.Create(new StaffPair(Samples.Staff("Anna-2"), Samples.Staff("Anna-2"))));

    [Fact]
    public void Decision_DeclinedWithoutCode_Refused()
    {
        Expect.Refusal(
            RefusalCode.DeclineCodeMissing,
            "decline.code",
            Decision.Create(DecisionKind.Declined, [], null, null, null));
        Expect.Refusal(
            RefusalCode.DeclineCodeMissing, "code", Decline.Create(DeclineCode.Unspecified, [], null, false, []));
    }

    [Fact]
    public void Decision_RedirectedNowhere_Refused()
    {
        Expect.Refusal(
            RefusalCode.FieldMissing, "redirect_to", Decision.Create(DecisionKind.Redirected, [], null, null, null));
        Expect.Refusal(
            RefusalCode.FieldMissing,
            "redirect_to",
            Decision.Create(DecisionKind.Redirected, [], null, default(RecipientId), null));
        Expect.Refusal(
            RefusalCode.FieldNotAllowed,
            "redirect_to",
            Decision.Create(DecisionKind.Accepted, [], null, Samples.ShelterB, null));
    }

    [Fact]
    public void Decision_AcceptedAndDeclinedAtOnce_Refused() => Expect.Refusal(
        RefusalCode.FieldNotAllowed,
        "decline",
        Decision.Create(DecisionKind.Accepted, [], Answers.Declined(DeclineCode.Language), null, null));

    [Theory]
    [InlineData(DecisionKind.Accepted, ServiceStatus.Offered, ServiceStatus.Unavailable)]
    [InlineData(DecisionKind.PartlyAccepted, ServiceStatus.Offered, ServiceStatus.Offered)]
    [InlineData(DecisionKind.PartlyAccepted, ServiceStatus.Unavailable, ServiceStatus.Unavailable)]
    public void Decision_PartsThatDoNotAddUp_Refused(DecisionKind kind, ServiceStatus first, ServiceStatus second) =>
        Expect.Refusal(RefusalCode.AnswerDoesNotFit, "services", Decision.Create(
            kind,
            [new ServiceAnswer(ServiceKind.Medical, first), new ServiceAnswer(ServiceKind.LegalAid, second)],
            null,
            null,
            null));

    [Fact]
    public void Decision_PartlyWithoutServices_Refused() => Expect.Refusal(
        RefusalCode.AnswerDoesNotFit,
        "services",
        Decision.Create(DecisionKind.PartlyAccepted, [], null, null, null));

    [Fact]
    public void Decision_ServiceThatIsNoOffer_Refused() => Expect.Refusal(
        RefusalCode.AnswerDoesNotFit,
        "services[0].status",
        Decision.Create(
            DecisionKind.Accepted,
            [new ServiceAnswer(ServiceKind.Medical, ServiceStatus.Delivered)],
            null,
            null,
            null));

    [Fact]
    public void HoldsAt_AroundItsEnd_EndIsOutside()
    {
        var decision = Answers.Accepted();

        Assert.True(decision.HoldsAt(Samples.Now));
        Assert.False(decision.HoldsAt(Samples.Now.AddDays(30)));
    }

    [Fact]
    public void Decline_CodesThatNeedMore_NeedIt()
    {
        Expect.Refusal(
            RefusalCode.FieldMissing, "reconsider_on", Decline.Create(DeclineCode.WaitingList, [], null, false, []));
        Expect.Refusal(
            RefusalCode.FieldMissing,
            "missing",
            Decline.Create(DeclineCode.IncompleteInformation, [], null, false, []));
        Expect.Refusal(
            RefusalCode.FieldNotAllowed,
            "missing",
            Decline.Create(DeclineCode.Language, [], null, false, [Category.Risk]));
        Expect.Refusal(
            RefusalCode.ValueTwice,
            "alternatives[1]",
            Decline.Create(DeclineCode.Language, [Samples.ShelterB, Samples.ShelterB], null, false, []));
        Expect.Refusal(RefusalCode.CodeUnknown, "code", Decline.Create((DeclineCode)99, [], null, false, []));
        Assert.False(Answers.Declined(DeclineCode.Language).WithholdReasonFromPerson);
    }

    [Theory]
    [InlineData(PermissionAnswer.Unspecified)]
    [InlineData(PermissionAnswer.No)]
    [InlineData(PermissionAnswer.Limited)]
    public void DocumentReport_EmbassyWithoutAYes_Refused(PermissionAnswer answer) => Expect.Refusal(
        RefusalCode.EmbassyForbidden, "route", Report(DocumentRoute.Embassy).CheckAgainst(answer, null));

    [Fact]
    public void DocumentReport_EmbassyAgainstThePolicy_Refused()
    {
        var forbidden = Expect.Value(TravelDocumentsSection.Create(Samples.Documents()));
        var allowed = Expect.Value(TravelDocumentsSection.Create(Samples.Documents() with
        {
            Embassy = new EmbassyPolicy { Contact = EmbassyContact.AllowedByPersonOnly },
        }));
        var report = Report(DocumentRoute.Embassy);

        Expect.Refusal(RefusalCode.EmbassyForbidden, "route", report.CheckAgainst(PermissionAnswer.Yes, forbidden));
        Expect.Refusal(RefusalCode.EmbassyForbidden, "route", report.CheckAgainst(PermissionAnswer.No, allowed));
        Assert.True(report.CheckAgainst(PermissionAnswer.Limited, allowed).IsOk);
        Assert.True(report.CheckAgainst(PermissionAnswer.Yes, null).IsOk);
        Assert.True(Report(DocumentRoute.MfaToMfaRequest).CheckAgainst(PermissionAnswer.No, forbidden).IsOk);
    }

    [Theory]
    [InlineData(TravelDocumentKind.EuEtd, DocumentRoute.Unspecified)]
    [InlineData(TravelDocumentKind.Passport, DocumentRoute.OtherMemberStateMission)]
    [InlineData(TravelDocumentKind.EuReturnDocument, DocumentRoute.Unspecified)]
    [InlineData(TravelDocumentKind.Passport, DocumentRoute.EuReturnDocument)]
    public void DocumentReport_PaperWithoutItsGround_Refused(TravelDocumentKind kind, DocumentRoute route)
    {
        var report = Expect.Value(DocumentReport.Create(kind, TravelDocumentStatus.Applied, null, route));
        var without = Expect.Value(TravelDocumentsSection.Create(Samples.Documents()));
        var with = Expect.Value(TravelDocumentsSection.Create(Samples.Documents() with
        {
            ReturnDecisionExists = true,
            EtdGround = new EtdGround(Samples.Country("LV"), Samples.Country("UA"), YesNo.No),
        }));

        Expect.Refusal(
            RefusalCode.DocumentNotApplicable, "kind", report.CheckAgainst(PermissionAnswer.Yes, without));
        Expect.Refusal(RefusalCode.DocumentNotApplicable, "kind", report.CheckAgainst(PermissionAnswer.Yes, null));
        Assert.True(report.CheckAgainst(PermissionAnswer.No, with).IsOk);
    }

    [Fact]
    public void PickupAnswer_ConfirmedWithoutTwo_Refused()
    {
        Expect.Refusal(
            RefusalCode.FieldMissing, "lead_alias", PickupAnswer.Create(PickupVerdict.Confirmed, 1, null));
        Expect.Refusal(
            RefusalCode.LeadWithoutDeputy,
            "deputy_alias",
            PickupAnswer.Create(
                PickupVerdict.Confirmed, 1, new StaffPair(Samples.Staff("Anna-2"), Samples.Staff("Anna-2"))));
        Expect.Refusal(
            RefusalCode.FieldNotAllowed, "lead_alias", PickupAnswer.Create(PickupVerdict.StoodDown, 1, Answers.Staff));
        Expect.Refusal(
            RefusalCode.NumberOutOfRange, "movement_version", PickupAnswer.Create(PickupVerdict.Cannot, 0, null));
    }

    [Theory]
    [InlineData(PickupVerdict.Confirmed, PickupChoice.Refused, RefusalCode.PickupRefusedByPerson)]
    [InlineData(PickupVerdict.Confirmed, PickupChoice.ContactOnly, RefusalCode.PickupRefusedByPerson)]
    [InlineData(PickupVerdict.StoodDown, PickupChoice.Wanted, RefusalCode.AnswerDoesNotFit)]
    [InlineData(PickupVerdict.StoodDown, PickupChoice.Refused, RefusalCode.Unspecified)]
    [InlineData(PickupVerdict.Confirmed, PickupChoice.Wanted, RefusalCode.Unspecified)]
    [InlineData(PickupVerdict.Cannot, PickupChoice.Wanted, RefusalCode.Unspecified)]
    public void PickupAnswer_AgainstTheWish_TheWishCounts(PickupVerdict verdict, PickupChoice choice, RefusalCode code)
    {
        var staff = verdict == PickupVerdict.Confirmed ? Answers.Staff : null;

        var result = Expect.Value(PickupAnswer.Create(verdict, 2, staff)).CheckAgainst(2, choice);

        Assert.Equal(code, result.IsOk ? RefusalCode.Unspecified : result.Refusal.Code);
    }

    [Fact]
    public void PickupAnswer_ToAnotherVersion_Refused()
    {
        var answer = Expect.Value(PickupAnswer.Create(PickupVerdict.Confirmed, 2, Answers.Staff));

        Expect.Refusal(
            RefusalCode.SectionVersionOld, "movement_version", answer.CheckAgainst(3, PickupChoice.Wanted));
        Expect.Refusal(
            RefusalCode.AnswerDoesNotFit, "movement_version", answer.CheckAgainst(1, PickupChoice.Wanted));
    }

    [Theory]
    [InlineData(ArrivalOutcome.Met, PickupChoice.Refused, false)]
    [InlineData(ArrivalOutcome.PickupRefusedOnSpot, PickupChoice.Refused, false)]
    [InlineData(ArrivalOutcome.ArrivedCalledAsAgreed, PickupChoice.Refused, true)]
    [InlineData(ArrivalOutcome.ArrivedCalledAsAgreed, PickupChoice.ContactOnly, true)]
    [InlineData(ArrivalOutcome.ArrivedCalledAsAgreed, PickupChoice.Wanted, false)]
    [InlineData(ArrivalOutcome.PickupRefusedOnSpot, PickupChoice.Wanted, true)]
    [InlineData(ArrivalOutcome.StoppedAtBorder, PickupChoice.Refused, true)]
    public void ArrivalReport_AgainstTheWish_MustGoWithIt(ArrivalOutcome outcome, PickupChoice choice, bool fits) =>
        Assert.Equal(fits, Answers.Arrived(outcome).CheckAgainst(choice).IsOk);

    [Theory]
    [InlineData(ArrivalOutcome.Met, true)]
    [InlineData(ArrivalOutcome.MetLate, true)]
    [InlineData(ArrivalOutcome.PickupRefusedOnSpot, true)]
    [InlineData(ArrivalOutcome.ArrivedCalledAsAgreed, true)]
    [InlineData(ArrivalOutcome.NoShow, false)]
    [InlineData(ArrivalOutcome.PersonDidNotTravel, false)]
    [InlineData(ArrivalOutcome.StoppedAtBorder, false)]
    [InlineData(ArrivalOutcome.MetByUnknown, false)]
    public void IsArrival_ByOutcome_OnlyWhenNobodyNeedsToBeLookedFor(ArrivalOutcome outcome, bool isArrival) =>
        Assert.Equal(isArrival, Answers.Arrived(outcome).IsArrival);

    [Fact]
    public void ArrivalReport_FinerThanAMinute_Refused() => Expect.Refusal(
        RefusalCode.FieldMalformed, "observed_at", ArrivalReport.Create(ArrivalOutcome.Met, Samples.Now));

    [Fact]
    public void Cancellation_WithoutReason_Refused() =>
        Expect.Refusal(RefusalCode.FieldMissing, "reason", Cancellation.Create(CancelReason.Unspecified));

    private static DocumentReport Report(DocumentRoute route) => Expect.Value(DocumentReport.Create(
        TravelDocumentKind.EmergencyPassport, TravelDocumentStatus.Issued, new DateOnly(2026, 4, 1), route));
}
