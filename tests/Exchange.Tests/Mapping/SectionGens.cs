using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Identity;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Generators of whole sections that keep every rule.</summary>
internal static class SectionGens
{
    public static readonly Gen<IdentitySection> Identity =
        from names in Gens.List(Names(), 0, 3)
        from used in Gens.Told(Gens.Text(IdentityDetails.UsedNameText))
        from pronouns in Gens.Told(Gens.Text(IdentityDetails.PronounsText))
        from birth in Gens.Told(Gen.Int[0, 25_000].Select(days => new DateOnly(1935, 1, 1).AddDays(days)))
        from band in Gen.OneOf(AgeBand.From18To24, AgeBand.From25To34, AgeBand.From60)
        from codes in Gen.Select(Gens.AnyCode<RecordedSex>(), Gens.AnyCode<Gender>(), Gens.AnyCode<Literacy>())
        from nationalities in Gens.List(Nationalities(), 0, 3)
        from languages in Skills().List[0, 4]
        from evidence in Gens.List(Evidence(), 0, 3)
        from status in Gen.OneOf(
            IdentificationStatus.Presumed, IdentificationStatus.FormallyIdentified, (IdentificationStatus)77)
        from body in Gens.AnyCode<IdentifyingBody>()
        from other in Gens.Text(IdentityDetails.IdentifiedByOtherText)
        from country in Gens.Nullable(Gens.Country)
        select Made(IdentitySection.Create(
            new IdentityDetails
            {
                LegalNames = names,
                UsedName = used,
                Pronouns = pronouns,
                DateOfBirth = birth,
                AgeBand = band,
                SexRecorded = codes.Item1,
                Gender = codes.Item2,
                Literacy = codes.Item3,
                Nationalities = nationalities,
                Languages = languages.DistinctBy(skill => skill.Language).ToValueList(),
                Evidence = evidence,
                IdentificationStatus = status,
                IdentifiedBy = body,
                IdentifiedByOther = Gens.When(body == IdentifyingBody.Other, other),
                IdentifiedIn = country,
            },
            Gens.Now));

    public static readonly Gen<TravelDocumentsSection> TravelDocuments =
        from papers in Gens.List(Papers(), 0, 4)
        from verification in Gens.AnyCode<NationalityVerification>()
        from embassy in Embassies()
        from routes in Routes().List[0, 4]
        from steps in Gens.List(Steps(embassy.IsContactAllowed), 0, 4)
        select Made(TravelDocumentsSection.Create(new TravelDocumentsDetails
        {
            Documents = papers,
            NationalityVerification = verification,
            Embassy = embassy,
            AlternativeRoutes = routes.DistinctBy(route => route.Route).ToValueList(),
            Steps = steps,
            EtdGround = new EtdGround(CountryCode.Parse("LV").Value, CountryCode.Parse("UA").Value, YesNo.No),
            ReturnDecisionExists = true,
        }));

    public static readonly Gen<ServicesSection> Services =
        from services in Requested().List[1, 6]
        from plan in Gens.Nullable(Plans())
        select Made(ServicesSection.Create(
            services.DistinctBy(service => service.Service).ToValueList(), plan));

    public static readonly Gen<MovementSection> Movement = Gen.OneOf(Wanted(), Refused());

    public static T Made<T>(Result<T> result)
        where T : notnull =>
        result.IsOk ? result.Value : throw new InvalidOperationException(result.Refusal.ToString());

    private static Gen<LegalName> Names() =>
        from original in Gens.Optional(LegalName.Text)
        from latin in Gens.Text(LegalName.Text)
        select new LegalName { OriginalScript = original, Latin = latin };

    private static Gen<Nationality> Nationalities() =>
        from state in Gens.Code<NationalityState>()
        from country in Gens.Country
        select new Nationality { State = state, Country = state == NationalityState.Stateless ? null : country };

    private static Gen<LanguageSkill> Skills() =>
        from language in Gens.Language
        from level in Gens.AnyCode<LanguageLevel>()
        from needs in Gen.Bool
        select new LanguageSkill { Language = language, Level = level, NeedsInterpreter = needs };

    private static Gen<IdentityEvidence> Evidence() =>
        from kind in Gens.Code<TravelDocumentKind>()
        from holder in Gens.AnyCode<EvidenceHolder>()
        from body in Gens.AnyCode<IdentifyingBody>()
        from other in Gens.Text(IdentityEvidence.OtherText)
        select new IdentityEvidence
        {
            Kind = kind,
            HeldBy = holder,
            VerifiedBy = body,
            Other = Gens.When(
                kind == TravelDocumentKind.OtherProof
                    || holder == EvidenceHolder.Other
                    || body == IdentifyingBody.Other,
                other),
        };

    private static Gen<TravelDocument> Papers() =>
        from kind in Gens.Code<TravelDocumentKind>()
        from kindOther in Gens.Text(TravelDocument.KindOtherText)
        from status in Gens.Code<TravelDocumentStatus>()
        from authority in Gens.Optional(TravelDocument.AuthorityText)
        from country in Gens.Nullable(Gens.Country)
        from number in Gens.Optional(TravelDocument.NumberText)
        from issued in Gens.NullableValue(Gens.Date)
        from days in Gens.NullableValue(Gen.Int[0, 4000])
        from single in Gens.AnyCode<YesNo>()
        select new TravelDocument
        {
            Kind = kind,
            KindOther = Gens.When(kind == TravelDocumentKind.OtherProof, kindOther),
            Status = status,
            IssuingAuthority = authority,
            IssuingCountry = country,
            Number = number,
            IssuedOn = issued,
            ExpiresOn = days is { } count ? (issued ?? new DateOnly(2026, 1, 1)).AddDays(count) : null,
            SingleJourney = single,
        };

    private static Gen<EmbassyPolicy> Embassies() =>
        from contact in Gens.AnyCode<EmbassyContact>()
        from alias in Gens.Alias
        from limits in Gens.Codes<EmbassyLimit>(1, 4)
        from after in Gens.Date
        from reason in Gens.AnyCode<EmbassyRiskReason>().Where(reason => reason != EmbassyRiskReason.Asylum)
        from other in Gens.Text(EmbassyPolicy.ReasonText)
        let hasLimits = contact == EmbassyContact.AllowedWithLimits
        select new EmbassyPolicy
        {
            Contact = contact,
            ViaAlias = contact == EmbassyContact.AllowedVia ? alias : null,
            Limits = hasLimits ? limits : [],
            OnlyAfter = hasLimits && limits.Contains(EmbassyLimit.OnlyAfterDate) ? after : null,
            RiskReason = reason,
            RiskReasonOther = Gens.When(reason == EmbassyRiskReason.Other, other),
        };

    private static Gen<AlternativeRoute> Routes() =>
        from route in Gens.Code<DocumentRoute>().Where(route => route != DocumentRoute.Embassy)
        from status in Gens.Code<RouteStatus>()
        select new AlternativeRoute(route, status);

    private static Gen<DocumentStep> Steps(bool isEmbassyAllowed) =>
        from what in Gens.Text(DocumentStep.WhatText)
        from alias in Gens.Nullable(Gens.Alias)
        from due in Gens.NullableValue(Gens.Date)
        from isDone in Gen.Bool
        from route in Gens.AnyCode<DocumentRoute>()
        select new DocumentStep
        {
            What = what,
            WhoAlias = alias,
            DueOn = due,
            IsDone = isDone,
            Route = route == DocumentRoute.Embassy && !isEmbassyAllowed ? DocumentRoute.Unspecified : route,
        };

    private static Gen<RequestedService> Requested() =>
        from service in Gens.Code<ServiceKind>()
        from other in Gens.Text(RequestedService.ServiceOtherText)
        from urgency in Gens.AnyCode<ServiceUrgency>()
        from dates in Gen.Select(Gens.NullableValue(Gens.Date), Gens.NullableValue(Gens.Date))
        from days in Gen.UInt[0, RequestedService.DurationDaysMax]
        from gender in Gens.AnyCode<Gender>()
        from language in Gens.Nullable(Gens.Language)
        from notes in Gens.Optional(RequestedService.NotesText)
        from status in Gens.Code<ServiceStatus>()
        from alias in Gens.Nullable(Gens.Alias)
        from reason in Gens.AnyCode<PersonDeclineReason>()
        select new RequestedService
        {
            Service = service,
            ServiceOther = Gens.When(service == ServiceKind.Other, other),
            Urgency = urgency,
            FromDate = dates.Item1,
            StartedOn = dates.Item2,
            DurationDays = days,
            GenderOfClient = gender,
            Language = language,
            Notes = notes,
            Status = status,
            ProviderAlias = alias,
            DeclineReason = status == ServiceStatus.DeclinedByPerson ? reason : default,
        };

    private static Gen<ReintegrationPlan> Plans() =>
        from goals in Gens.List(Gens.Text(ReintegrationPlan.GoalText), 0, 3)
        from steps in Gens.List(PlanSteps(), 0, 3)
        from first in Gens.Optional(ReintegrationPlan.First30DaysText)
        from own in Gens.List(Gens.Text(ReintegrationPlan.GoalText), 0, 3)
        from review in Gens.NullableValue(Gens.Date)
        from disclosure in Gens.AnyCode<EmployerDisclosure>()
        select new ReintegrationPlan
        {
            Goals = goals,
            Steps = steps,
            First30Days = first,
            OwnPriorities = own,
            ReviewOn = review,
            EmployerDisclosure = disclosure,
        };

    private static Gen<PlanStep> PlanSteps() =>
        from what in Gens.Text(PlanStep.WhatText)
        from alias in Gens.Nullable(Gens.Alias)
        from due in Gens.NullableValue(Gens.Date)
        from isDone in Gen.Bool
        select new PlanStep { What = what, WhoAlias = alias, DueOn = due, IsDone = isDone };

    private static Gen<MovementSection> Wanted() =>
        from common in MovementGens.Common
        from point in MovementGens.Point
        from window in MovementGens.Window
        from persons in MovementGens.Persons
        from recognition in MovementGens.Recognition
        from steps in MovementGens.Steps(1)
        from choice in Gen.OneOf(PickupChoice.Wanted, PickupChoice.Undecided, (PickupChoice)88)
        select Made(MovementSection.Create(common with
        {
            PickupChoice = choice,
            MeetingPoint = point,
            Window = window,
            MeetingPersons = persons,
            Recognition = recognition,
            NoShowPlan = steps,
        }));

    private static Gen<MovementSection> Refused() =>
        from common in MovementGens.Common
        from reason in Gens.AnyCode<PickupRefusalReason>()
        from effects in Gens.Codes<RefusalEffect>(0, 5)
        select Made(MovementSection.Create(common with
        {
            PickupChoice = PickupChoice.Refused,
            RefusalReason = reason,
            RefusalEffectsDone = effects,
        }));
}
