using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Documents;

/// <summary>Papers and the embassy rule (docs/spec/casework.md, section 6).</summary>
public sealed class TravelDocumentsSectionTests
{
    private static readonly EtdGround Ground = new(Samples.Country("LV"), Samples.Country("UA"), YesNo.No);

    [Fact]
    public void Create_NothingSaidOfTheEmbassy_Forbidden()
    {
        var section = Expect.Value(TravelDocumentsSection.Create(new TravelDocumentsDetails()));

        Assert.Equal(EmbassyContact.Forbidden, section.Details.Embassy.Contact);
        Assert.False(section.Details.Embassy.IsContactAllowed);
    }

    [Theory]
    [InlineData(EmbassyContact.Unspecified)]
    [InlineData(EmbassyContact.Forbidden)]
    [InlineData(EmbassyContact.NotAsked)]
    [InlineData(EmbassyContact.UnsafeConfirmed)]
    [InlineData((EmbassyContact)42)]
    public void Create_StepThroughAnEmbassyThatIsNotAllowed_Refused(EmbassyContact contact) => Refused(
        RefusalCode.EmbassyForbidden,
        "steps[0].route",
        ThroughEmbassy(new EmbassyPolicy { Contact = contact }));

    [Fact]
    public void Create_StepThroughAnEmbassyThatIsAllowed_Taken()
    {
        EmbassyPolicy[] allowed =
        [
            new() { Contact = EmbassyContact.AllowedByPersonOnly },
            new() { Contact = EmbassyContact.AllowedVia, ViaAlias = Samples.Staff("Lawyer-3") },
            new()
            {
                Contact = EmbassyContact.AllowedWithLimits,
                Limits = [EmbassyLimit.NoAddress, EmbassyLimit.OnlyAfterDate],
                OnlyAfter = new DateOnly(2026, 5, 1),
            },
        ];
        Assert.All(allowed, policy => Expect.Value(TravelDocumentsSection.Create(ThroughEmbassy(policy))));
    }

    [Fact]
    public void Create_AsylumSought_EmbassyIsForbiddenWhateverWasTicked() => Refused(
        RefusalCode.EmbassyForbidden,
        "embassy.contact",
        Samples.Documents() with
        {
            Embassy = new EmbassyPolicy
            {
                Contact = EmbassyContact.AllowedByPersonOnly,
                RiskReason = EmbassyRiskReason.Asylum,
            },
        });

    [Theory]
    [InlineData(EmbassyContact.AllowedVia, "embassy.via_alias")]
    [InlineData(EmbassyContact.AllowedWithLimits, "embassy.limits")]
    public void Create_AllowanceWithoutItsTerms_Refused(EmbassyContact contact, string field) => Refused(
        RefusalCode.FieldMissing,
        field,
        Samples.Documents() with { Embassy = new EmbassyPolicy { Contact = contact } });

    [Fact]
    public void Create_TermsWithoutTheirAllowance_Refused()
    {
        Refused(RefusalCode.FieldNotAllowed, "embassy.limits", Samples.Documents() with
        {
            Embassy = new EmbassyPolicy { Contact = EmbassyContact.Forbidden, Limits = [EmbassyLimit.NoAddress] },
        });
        Refused(RefusalCode.FieldMissing, "embassy.only_after", Samples.Documents() with
        {
            Embassy = new EmbassyPolicy
            {
                Contact = EmbassyContact.AllowedWithLimits,
                Limits = [EmbassyLimit.OnlyAfterDate],
            },
        });
    }

    [Fact]
    public void Create_EmbassyAsAlternativeToItself_Refused() => Refused(
        RefusalCode.FieldNotAllowed,
        "alternative_routes[0].route",
        Samples.Documents() with
        {
            Embassy = new EmbassyPolicy { Contact = EmbassyContact.AllowedByPersonOnly },
            AlternativeRoutes = [new AlternativeRoute(DocumentRoute.Embassy, RouteStatus.Possible)],
        });

    [Fact]
    public void Create_EtdWithoutItsGround_Refused() => Refused(
        RefusalCode.DocumentNotApplicable, "documents[0].kind", WithPaper(TravelDocumentKind.EuEtd));

    [Theory]
    [InlineData("UA", "RU", YesNo.No, "etd_ground.citizenship")]
    [InlineData("NO", "UA", YesNo.No, "etd_ground.citizenship")]
    [InlineData("LV", "DE", YesNo.No, "etd_ground.located_in")]
    [InlineData("LV", "UA", YesNo.Yes, "etd_ground.represented_there")]
    [InlineData("LV", "UA", YesNo.Unspecified, "etd_ground.represented_there")]
    public void Create_EtdForSomebodyElse_Refused(
        string citizenship, string locatedIn, YesNo represented, string field) =>
        Refused(RefusalCode.DocumentNotApplicable, field, WithPaper(TravelDocumentKind.EuEtd) with
        {
            EtdGround = new EtdGround(Samples.Country(citizenship), Samples.Country(locatedIn), represented),
        });

    [Theory]
    [InlineData("LV", "UA")]
    [InlineData("LV", "NO")]
    [InlineData("LV", "CH")]
    public void Create_EtdForCitizenOutsideTheUnion_Taken(string citizenship, string locatedIn) =>
        Expect.Value(TravelDocumentsSection.Create(WithPaper(TravelDocumentKind.EuEtd) with
        {
            EtdGround = new EtdGround(Samples.Country(citizenship), Samples.Country(locatedIn), YesNo.No),
        }));

    [Fact]
    public void Create_ReturnDocumentWithoutDecision_Refused()
    {
        var details = WithPaper(TravelDocumentKind.EuReturnDocument);

        Refused(RefusalCode.DocumentNotApplicable, "documents[0].kind", details);
        Expect.Value(TravelDocumentsSection.Create(details with { ReturnDecisionExists = true }));
    }

    [Fact]
    public void Create_RoutesThatNeedAGround_NeedIt()
    {
        var returning = Samples.Documents() with
        {
            AlternativeRoutes = [new AlternativeRoute(DocumentRoute.EuReturnDocument, RouteStatus.Possible)],
        };
        var mission = Samples.Documents() with
        {
            Steps = [new DocumentStep { What = Samples.Text("Ask"), Route = DocumentRoute.OtherMemberStateMission }],
        };

        Refused(RefusalCode.DocumentNotApplicable, "return_decision_exists", returning);
        Refused(RefusalCode.DocumentNotApplicable, "etd_ground", mission);
        Expect.Value(TravelDocumentsSection.Create(returning with { ReturnDecisionExists = true }));
        Expect.Value(TravelDocumentsSection.Create(mission with { EtdGround = Ground }));
    }

    [Fact]
    public void Create_EndsBeforeItBegins_Refused() => Refused(
        RefusalCode.DatesContradict,
        "documents[0].expires_on",
        Samples.Documents() with
        {
            Documents =
            [
                Samples.Documents().Documents[0] with
                {
                    IssuedOn = new DateOnly(2026, 3, 2),
                    ExpiresOn = new DateOnly(2026, 3, 1),
                },
            ],
        });

    [Theory]
    [InlineData(TravelDocumentStatus.HeldByPerson, "2026-03-21", true)]
    [InlineData(TravelDocumentStatus.Issued, "2026-03-21", true)]
    [InlineData(TravelDocumentStatus.HeldByProvider, "2026-03-22", false)]
    [InlineData(TravelDocumentStatus.HeldAsEvidence, "2026-03-20", false)]
    [InlineData(TravelDocumentStatus.TakenByTrafficker, "2026-03-20", false)]
    [InlineData((TravelDocumentStatus)42, "2026-03-20", false)]
    public void ValidForRoute_LastDay_AtHandAndInDate(TravelDocumentStatus status, string lastDay, bool isValid)
    {
        var section = Expect.Value(TravelDocumentsSection.Create(new TravelDocumentsDetails
        {
            Documents =
            [
                new TravelDocument
                {
                    Kind = TravelDocumentKind.Passport,
                    Status = status,
                    ExpiresOn = new DateOnly(2026, 3, 21),
                },
            ],
        }));

        var day = DateOnly.Parse(lastDay, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(isValid, section.ValidForRoute(day).Any());
    }

    [Fact]
    public void ValidForRoute_EndUnknown_IsNot() => Assert.False(new TravelDocument
    {
        Kind = TravelDocumentKind.Passport,
        Status = TravelDocumentStatus.HeldByPerson,
    }.IsValidThrough(new DateOnly(2026, 3, 21)));

    private static TravelDocumentsDetails ThroughEmbassy(EmbassyPolicy policy) => Samples.Documents() with
    {
        Embassy = policy,
        Steps = [new DocumentStep { What = Samples.Text("Ask for a paper"), Route = DocumentRoute.Embassy }],
    };

    private static TravelDocumentsDetails WithPaper(TravelDocumentKind kind) => Samples.Documents() with
    {
        Documents = [new TravelDocument { Kind = kind, Status = TravelDocumentStatus.Applied }],
    };

    private static void Refused(RefusalCode code, string field, TravelDocumentsDetails details) =>
        Expect.Refusal(code, field, TravelDocumentsSection.Create(details));
}
