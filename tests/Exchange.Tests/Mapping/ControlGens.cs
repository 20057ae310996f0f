using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Referrals;
using CbssReturn.Casework.Services;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Generators of consents and coded answers. Their lists of codes are closed.</summary>
internal static class ControlGens
{
    public static readonly Gen<ConsentRecord> Consent =
        from grants in Grants().List[1, 6]
        from permissions in Permissions()
        from interpreter in Gens.Nullable(Gens.Alias)
        from witness in Gens.Nullable(Gens.Alias)
        from evidence in Gens.NullableValue(Gens.Digest)
        from withheld in Gens.List(Withheld(), 0, 3)
        from form in Gen.OneOf(ConsentForm.SignedPaper, ConsentForm.SignedElectronic, ConsentForm.OralRecordedNote)
        from isGuarded in Gen.Bool
        from guardian in Gens.Alias
        from status in Closed<ConsentStatus>()
        select SectionGens.Made(ConsentRecord.Create(
            new ConsentTerms
            {
                SubjectAlias = CaseAlias.Parse("Kivi-07").Value,
                GivenBy = isGuarded ? ConsentGiver.Guardian : ConsentGiver.PersonWithSupport,
                Capacity = isGuarded ? Capacity.LacksCapacity : Capacity.CapableWithSupport,
                Guardian = isGuarded ? new Guardian(guardian, YesNo.No) : null,
                Form = form,
                Language = LanguageTag.Parse("lv").Value,
                InterpreterUsed = interpreter is not null,
                InterpreterAlias = interpreter,
                InterpreterIndependent = interpreter is not null,
                InformationGiven = ConsentRules.InformationRequired,
                UnderstandingCheck = UnderstandingCheck.QuestionsAnswered,
                Grants = grants.DistinctBy(grant => (grant.Category, grant.Purpose, grant.Recipient)).ToValueList(),
                Withheld = withheld,
                Permissions = permissions,
                GivenAt = Gens.Now.AddDays(-1),
                WitnessAlias = witness,
                Evidence = evidence,
            },
            Gens.Now)).WithStatus(status);

    public static readonly Gen<CodedAnswer> Answer = Gen.OneOf<CodedAnswer>(
        Enquiries().Select(answer => (CodedAnswer)answer),
        EnquiryAnswers().Select(answer => (CodedAnswer)answer),
        Decisions().Select(answer => (CodedAnswer)answer),
        Staff().Select(staff => (CodedAnswer)SectionGens.Made(Acknowledgement.Create(staff))),
        Documents().Select(answer => (CodedAnswer)answer),
        Pickups().Select(answer => (CodedAnswer)answer),
        Arrivals().Select(answer => (CodedAnswer)answer),
        Closed<CancelReason>().Select(reason => (CodedAnswer)SectionGens.Made(Cancellation.Create(reason))));

    private static Gen<T> Closed<T>()
        where T : struct, Enum =>
        Gens.Code<T>().Where(Enum.IsDefined);

    private static Gen<T> ClosedOrUntold<T>()
        where T : struct, Enum =>
        Gens.AnyCode<T>().Where(Enum.IsDefined);

    private static Gen<GrantTerms> Grants() =>
        from scope in Gen.OneOf(
            (Category.Identity, Purpose.Shelter),
            (Category.Risk, Purpose.RiskAssessment),
            (Category.Movement, Purpose.TravelLogistics),
            (Category.Services, Purpose.CapacityCheck))
        from node in Gens.Node
        from fromDays in Gens.NullableValue(Gen.Int[0, 10])
        from toDays in Gens.NullableValue(Gen.Int[11, 80])
        from onward in Closed<OnwardRule>()
        from named in Gens.Node
        select new GrantTerms
        {
            Category = scope.Item1,
            Purpose = scope.Item2,
            Recipient = node,
            ValidFrom = fromDays is { } days ? Gens.Now.AddDays(days) : null,
            ExpiresAt = toDays is { } end ? Gens.Now.AddDays(end) : null,
            Onward = onward,
            OnwardTo = onward == OnwardRule.Named && named != node ? [named] : [],
        };

    private static Gen<Permissions> Permissions() =>
        from embassy in ClosedOrUntold<PermissionAnswer>()
        from police in ClosedOrUntold<PermissionAnswer>()
        from family in ClosedOrUntold<PermissionAnswer>()
        from statistics in ClosedOrUntold<PermissionAnswer>()
        select new Permissions
        {
            EmbassyContact = embassy,
            PoliceSharing = police,
            FamilyContact = family,
            Statistics = statistics,
        };

    private static Gen<Withholding> Withheld() =>
        from topic in Gens.Text(Withholding.Text)
        from node in Gens.NullableValue(Gens.Node)
        from party in Gens.Optional(Withholding.Text)
        from reason in ClosedOrUntold<WithholdingReason>()
        from other in Gens.Optional(Withholding.Text)
        select new Withholding
        {
            Topic = topic,
            Recipient = node,
            OtherParty = node is null ? party : null,
            Reason = reason,
            ReasonOther = reason == WithholdingReason.Other ? other : null,
        };

    private static Gen<Enquiry> Enquiries() =>
        from band in Gen.OneOf(AgeBand.From18To24, AgeBand.From45To59)
        from gender in ClosedOrUntold<Gender>()
        from forms in Closed<ExploitationForm>().List[0, 4]
        from languages in Gens.Language.List[0, 4]
        from services in Closed<ServiceKind>().List[0, 4]
        from children in Gen.UInt[0, Enquiry.ChildrenMax]
        select SectionGens.Made(Enquiry.Create(
            band,
            gender,
            forms.Distinct().ToValueList(),
            languages.Distinct().ToValueList(),
            services.Distinct().ToValueList(),
            children));

    private static Gen<EnquiryAnswer> EnquiryAnswers() =>
        from verdict in Closed<EnquiryVerdict>()
        from code in Closed<DeclineCode>()
        from nodes in Nodes(1)
        from validUntil in Gens.NullableValue(Gens.Moment)
        select SectionGens.Made(EnquiryAnswer.Create(
            verdict,
            verdict == EnquiryVerdict.Cannot ? code : DeclineCode.Unspecified,
            nodes,
            verdict == EnquiryVerdict.Can ? validUntil : null));

    private static Gen<Decision> Decisions() =>
        from decided in Closed<DecisionKind>()
        from decline in Declines()
        from node in Gens.Node
        from validUntil in Gens.NullableValue(Gens.Moment)
        let accepts = decided is DecisionKind.Accepted or DecisionKind.PartlyAccepted
        select SectionGens.Made(Decision.Create(
            decided,
            decided switch
            {
                DecisionKind.Accepted => [new ServiceAnswer(ServiceKind.Medical, ServiceStatus.Offered)],
                DecisionKind.PartlyAccepted =>
                [
                    new ServiceAnswer(ServiceKind.Medical, ServiceStatus.Offered),
                    new ServiceAnswer(ServiceKind.LegalAid, ServiceStatus.Unavailable),
                ],
                _ => [],
            },
            decided == DecisionKind.Declined ? decline : null,
            decided == DecisionKind.Redirected ? node : null,
            accepts ? validUntil : null));

    private static Gen<Decline> Declines() =>
        from code in Closed<DeclineCode>()
        from nodes in Nodes(0)
        from at in Gens.Moment
        from withhold in Gen.Bool
        from missing in Closed<Category>().List[1, 4]
        select SectionGens.Made(Decline.Create(
            code,
            nodes,
            code == DeclineCode.WaitingList ? at : null,
            withhold,
            code == DeclineCode.IncompleteInformation ? missing.Distinct().ToValueList() : []));

    private static Gen<StaffPair> Staff() =>
        from lead in Gens.Alias
        from deputy in Gens.Alias
        where lead != deputy
        select new StaffPair(lead, deputy);

    private static Gen<DocumentReport> Documents() =>
        from kind in Closed<TravelDocumentKind>()
        from status in Closed<TravelDocumentStatus>()
        from expires in Gens.NullableValue(Gen.Int[1, 60_000].Select(days => new DateOnly(1970, 1, 1).AddDays(days)))
        from route in ClosedOrUntold<DocumentRoute>()
        select SectionGens.Made(DocumentReport.Create(kind, status, expires, route));

    private static Gen<PickupAnswer> Pickups() =>
        from verdict in Closed<PickupVerdict>()
        from version in Gen.UInt[1, uint.MaxValue]
        from staff in Staff()
        select SectionGens.Made(
            PickupAnswer.Create(verdict, version, verdict == PickupVerdict.Confirmed ? staff : null));

    private static Gen<ArrivalReport> Arrivals() =>
        from outcome in Closed<ArrivalOutcome>()
        from minutes in Gen.Int[1, 60_000_000]
        select SectionGens.Made(ArrivalReport.Create(outcome, DateTimeOffset.UnixEpoch.AddMinutes(minutes)));

    private static Gen<ValueList<RecipientId>> Nodes(int min) =>
        Gens.Node.List[min, 4].Select(nodes => nodes.Distinct().ToValueList());
}
