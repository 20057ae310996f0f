using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Identity;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Identity;

/// <summary>Who the person is (docs/spec/casework.md, section 4).</summary>
public sealed class IdentitySectionTests
{
    [Fact]
    public void Create_Adult_Taken() => Expect.Value(IdentitySection.Create(Samples.Identity(), Samples.Now));

    [Fact]
    public void Create_NothingButWhatIsRequired_Taken() => Expect.Value(IdentitySection.Create(
        new IdentityDetails
        {
            AgeBand = AgeBand.From60,
            IdentificationStatus = IdentificationStatus.NotSought,
            DateOfBirth = Untold.Unknown,
        },
        Samples.Now));

    [Fact]
    public void Create_PossibleMinorByBand_StopsTheFlow() => Refused(
        RefusalCode.PossibleMinor, "age_band", Samples.Identity() with { AgeBand = AgeBand.MinorPossible });

    [Fact]
    public void Create_MinorByBirth_StopsTheFlowWhateverTheBand() => Refused(
        RefusalCode.PossibleMinor,
        "date_of_birth",
        Samples.Identity() with { DateOfBirth = new DateOnly(2008, 3, 3) });

    [Fact]
    public void Create_UnknownBand_RefusedThoughOtherListsAreOpen()
    {
        Refused(RefusalCode.CodeUnknown, "age_band", Samples.Identity() with { AgeBand = (AgeBand)42 });
        Expect.Value(IdentitySection.Create(
            Samples.Identity() with { Literacy = (Literacy)42, Gender = (Gender)42 }, Samples.Now));
    }

    [Fact]
    public void Create_NameWithoutAnyForm_Refused() => Refused(
        RefusalCode.FieldMissing, "legal_names[0].latin", Samples.Identity() with { LegalNames = [new LegalName()] });

    [Theory]
    [InlineData(NationalityState.Claimed, null, RefusalCode.FieldMissing, "nationalities[0].country")]
    [InlineData(NationalityState.Stateless, "UA", RefusalCode.FieldNotAllowed, "nationalities[0].country")]
    [InlineData(NationalityState.Unspecified, "UA", RefusalCode.FieldMissing, "nationalities[0].state")]
    public void Create_NationalityOutOfForm_Refused(
        NationalityState state, string? country, RefusalCode code, string field) =>
        Refused(code, field, Samples.Identity() with
        {
            Nationalities =
            [
                new Nationality { State = state, Country = country is null ? null : Samples.Country(country) },
            ],
        });

    [Fact]
    public void Create_Stateless_NeedsNoCountry() => Expect.Value(IdentitySection.Create(
        Samples.Identity() with { Nationalities = [new Nationality { State = NationalityState.Stateless }] },
        Samples.Now));

    [Fact]
    public void Create_LanguageTwice_Refused() => Refused(
        RefusalCode.ValueTwice,
        "languages[1]",
        Samples.Identity() with
        {
            Languages =
            [
                new LanguageSkill { Language = Samples.Language("uk") },
                new LanguageSkill { Language = Samples.Language("uk"), Level = LanguageLevel.Basic },
            ],
        });

    [Fact]
    public void Create_OtherWithoutWords_Refused()
    {
        Refused(
            RefusalCode.FieldMissing,
            "identified_by_other",
            Samples.Identity() with { IdentifiedBy = IdentifyingBody.Other });
        Refused(
            RefusalCode.FieldMissing,
            "evidence[0].other",
            Samples.Identity() with { Evidence = [new IdentityEvidence { Kind = TravelDocumentKind.OtherProof }] });
        Refused(
            RefusalCode.FieldNotAllowed,
            "evidence[0].other",
            Samples.Identity() with
            {
                Evidence = [new IdentityEvidence { Kind = TravelDocumentKind.Passport, Other = Samples.Text("x") }],
            });
    }

    [Fact]
    public void Create_IdentifiedThoughNotSought_Refused() => Refused(
        RefusalCode.FieldNotAllowed,
        "identified_by",
        Samples.Identity() with { IdentificationStatus = IdentificationStatus.NotSought });

    [Fact]
    public void Create_ListsAtTheirLimits_NotOneMore()
    {
        var name = Samples.Identity().LegalNames[0];

        Expect.Value(IdentitySection.Create(
            Samples.Identity() with { LegalNames = Enumerable.Repeat(name, 8).ToValueList() }, Samples.Now));
        Refused(
            RefusalCode.TooMany,
            "legal_names",
            Samples.Identity() with { LegalNames = Enumerable.Repeat(name, 9).ToValueList() });
    }

    private static void Refused(RefusalCode code, string field, IdentityDetails details) =>
        Expect.Refusal(code, field, IdentitySection.Create(details, Samples.Now));
}
