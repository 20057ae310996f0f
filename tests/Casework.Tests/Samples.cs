using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Identity;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Risk;
using CbssReturn.Casework.Services;

namespace CbssReturn.Casework.Tests;

/// <summary>Synthetic things that keep every rule; each test breaks one.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 17, TimeSpan.Zero);

    public static readonly RecipientId ShelterA = RecipientId.Parse("000000000000000000000000000000a1").Value;

    public static readonly RecipientId ShelterB = RecipientId.Parse("000000000000000000000000000000b2").Value;

    public static readonly RecipientId Self = RecipientId.Parse("00000000000000000000000000000001").Value;

    public static FreeText Text(string text) =>
        FreeText.Create(text, new TextRule(SensitivityClass.Personal, 2000)).Value;

    public static StaffAlias Staff(string alias) => StaffAlias.Parse(alias).Value;

    public static CountryCode Country(string code) => CountryCode.Parse(code).Value;

    public static LanguageTag Language(string tag) => LanguageTag.Parse(tag).Value;

    public static LocalMoment Riga(string local, int offsetMinutes = 120) =>
        Expect.Value(LocalMoment.Create(local, "Europe/Riga", offsetMinutes));

    public static GrantTerms Grant(
        Category category = Category.Identity,
        Purpose purpose = Purpose.Shelter,
        RecipientId? recipient = null) =>
        new()
        {
            Category = category,
            Purpose = purpose,
            Recipient = recipient ?? ShelterA,
        };

    public static ConsentTerms Consent(params GrantTerms[] grants) => new()
    {
        SubjectAlias = CaseAlias.Parse("Kivi-07").Value,
        GivenBy = ConsentGiver.Person,
        Capacity = Capacity.Capable,
        Form = ConsentForm.SignedPaper,
        Language = Language("lv"),
        InformationGiven = ConsentRules.InformationRequired,
        UnderstandingCheck = UnderstandingCheck.TeachBack,
        Grants = grants.Length == 0 ? [Grant()] : grants.ToValueList(),
        Permissions = new Permissions
        {
            EmbassyContact = PermissionAnswer.No,
            PoliceSharing = PermissionAnswer.No,
            FamilyContact = PermissionAnswer.No,
            Statistics = PermissionAnswer.Yes,
        },
        GivenAt = Now.AddHours(-1),
    };

    public static ConsentRecord Record(params GrantTerms[] grants) =>
        Expect.Value(ConsentRecord.Create(Consent(grants), Now));

    public static IdentityDetails Identity() => new()
    {
        LegalNames = [new LegalName { OriginalScript = Text("Тест"), Latin = Text("Test") }],
        UsedName = Text("T."),
        DateOfBirth = new DateOnly(1992, 5, 4),
        Pronouns = Untold.Declined,
        AgeBand = AgeBand.From25To34,
        Nationalities = [new Nationality { Country = Country("UA"), State = NationalityState.Claimed }],
        Languages = [new LanguageSkill { Language = Language("uk"), Level = LanguageLevel.Native }],
        IdentificationStatus = IdentificationStatus.Presumed,
        IdentifiedBy = IdentifyingBody.Ngo,
        IdentifiedIn = Country("DE"),
    };

    public static TravelDocumentsDetails Documents() => new()
    {
        Documents =
        [
            new TravelDocument
            {
                Kind = TravelDocumentKind.Passport,
                Status = TravelDocumentStatus.TakenByTrafficker,
                IssuingCountry = Country("UA"),
                ExpiresOn = new DateOnly(2029, 1, 31),
            },
        ],
        AlternativeRoutes = [new AlternativeRoute(DocumentRoute.MfaToMfaRequest, RouteStatus.Started)],
        Steps = [new DocumentStep { What = Text("Ask the ministry"), Route = DocumentRoute.MfaToMfaRequest }],
    };

    public static ServicesSection Services() => Expect.Value(ServicesSection.Create(
        [new RequestedService { Service = ServiceKind.SafeAccommodation, Status = ServiceStatus.Requested }], null));

    public static MovementDetails Movement() => new()
    {
        Legs =
        [
            new JourneyLeg
            {
                Mode = TransportMode.Ferry,
                FromPlace = Text("Harbour"),
                ToPlace = Text("Passenger port"),
                Departs = Expect.Value(LocalMoment.Create("2026-03-20T20:00", "Europe/Stockholm", 60)),
                Arrives = Riga("2026-03-21T10:30"),
            },
        ],
        ArrivalPlaceKind = PlaceKind.FerryPort,
        MeetingPoint = new MeetingPoint { PlaceKind = PlaceKind.FerryPort, Place = Text("Exit B") },
        Window = new PickupWindow(Riga("2026-03-21T10:00"), Riga("2026-03-21T11:00"), 30),
        PickupChoice = PickupChoice.Wanted,
        MeetingPersons =
        [
            new MeetingPerson { Alias = Staff("Liepa"), Role = MeetingRole.Lead },
            new MeetingPerson { Alias = Staff("Ozols"), Role = MeetingRole.Deputy },
        ],
        Recognition = new Recognition
        {
            Kind = RecognitionKind.MutualPhrase,
            Challenge = Text("Is the sea calm?"),
            Response = Text("Like glass"),
        },
        Escort = EscortKind.None,
        NoShowPlan =
        [
            new NoShowStep { AfterMinutes = 0, WhoAlias = Staff("Liepa"), What = Text("Ring the safe number") },
            new NoShowStep { AfterMinutes = 30, WhoAlias = Staff("Ozols"), What = Text("Look at exit C") },
        ],
        FallbackContacts =
        [
            new FallbackContact { Alias = Staff("Duty"), Phone = Text("+000 000"), IsAroundTheClock = true },
        ],
    };

    public static MovementDetails RefusedPickup() => Movement() with
    {
        PickupChoice = PickupChoice.Refused,
        MeetingPoint = null,
        Window = null,
        MeetingPersons = [],
        Recognition = null,
        NoShowPlan = [],
    };

    public static RiskContribution Contribution(
        RiskAuthor author, RiskLevel arrival, Participation participation = Participation.Contributed) =>
        participation != Participation.Contributed
            ? new RiskContribution { Author = author, Participation = participation }
            : new RiskContribution
            {
                Author = author,
                Participation = participation,
                Levels = new PhaseLevels(RiskLevel.Low, RiskLevel.Low, arrival, RiskLevel.Low),
                SignedAt = Now,
                Attestation = new Attestation(ConsentForm.SignedPaper, WitnessRole.Unspecified, null),
            };

    public static RiskDetails Risk(params RiskContribution[] contributions) => new()
    {
        AssessmentId = AssessmentId.Parse("000000000000000000000000000000c3").Value,
        Version = 1,
        OpenedAt = Now,
        ValidFrom = Now,
        ReassessTriggers = [ReassessTrigger.EveryContact],
        Contributions = contributions.Length == 0
            ? [Contribution(RiskAuthor.Person, RiskLevel.Medium)]
            : contributions.ToValueList(),
        Recommendation = RiskRecommendation.Postpone,
    };
}
