using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Identity;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>The identity section between its wire form and the domain.</summary>
internal static class IdentityMapper
{
    public static Result<IdentitySection> FromWire(Wire.IdentitySection wire, DateTimeOffset now)
    {
        var reader = new FieldReader();
        var details = new IdentityDetails
        {
            LegalNames = reader.List(wire.LegalNames, "legal_names", ReadName),
            UsedName = reader.Told(wire.UsedName, IdentityDetails.UsedNameText, "used_name"),
            Pronouns = reader.Told(wire.Pronouns, IdentityDetails.PronounsText, "pronouns"),
            DateOfBirth = reader.Told(wire.DateOfBirth, "date_of_birth"),
            AgeBand = (AgeBand)wire.AgeBand,
            SexRecorded = (RecordedSex)wire.SexRecorded,
            Gender = (Gender)wire.Gender,
            Nationalities = reader.List(wire.Nationalities, "nationalities", ReadNationality),
            Languages = reader.List(wire.Languages, "languages", ReadLanguage),
            Literacy = (Literacy)wire.Literacy,
            Evidence = reader.List(wire.Evidence, "evidence", ReadEvidence),
            IdentificationStatus = (IdentificationStatus)wire.IdentificationStatus,
            IdentifiedBy = (IdentifyingBody)wire.IdentifiedBy,
            IdentifiedByOther = reader.Text(
                wire.IdentifiedByOther, IdentityDetails.IdentifiedByOtherText, "identified_by_other"),
            IdentifiedIn = reader.Country(wire.IdentifiedIn, "identified_in"),
        };
        return reader.Finish(() => IdentitySection.Create(details, now));
    }

    public static Wire.IdentitySection ToWire(IdentityDetails details) => new()
    {
        LegalNames =
        {
            details.LegalNames.Select(name => new Wire.LegalName
            {
                OriginalScript = WireValues.Text(name.OriginalScript),
                Latin = WireValues.Text(name.Latin),
            }),
        },
        UsedName = WireValues.Told(details.UsedName),
        Pronouns = WireValues.Told(details.Pronouns),
        DateOfBirth = WireValues.Told(details.DateOfBirth),
        AgeBand = (Wire.AgeBand)details.AgeBand,
        SexRecorded = (Wire.RecordedSex)details.SexRecorded,
        Gender = (Wire.Gender)details.Gender,
        Nationalities =
        {
            details.Nationalities.Select(nationality => new Wire.Nationality
            {
                Country = nationality.Country?.ToString() ?? "",
                State = (Wire.NationalityState)nationality.State,
            }),
        },
        Languages =
        {
            details.Languages.Select(skill => new Wire.LanguageSkill
            {
                Language = skill.Language.ToString(),
                Level = (Wire.LanguageLevel)skill.Level,
                NeedsInterpreter = skill.NeedsInterpreter,
            }),
        },
        Literacy = (Wire.Literacy)details.Literacy,
        Evidence =
        {
            details.Evidence.Select(evidence => new Wire.IdentityEvidence
            {
                Kind = (Wire.TravelDocumentKind)evidence.Kind,
                HeldBy = (Wire.EvidenceHolder)evidence.HeldBy,
                VerifiedBy = (Wire.IdentifyingBody)evidence.VerifiedBy,
                Other = WireValues.Text(evidence.Other),
            }),
        },
        IdentificationStatus = (Wire.IdentificationStatus)details.IdentificationStatus,
        IdentifiedBy = (Wire.IdentifyingBody)details.IdentifiedBy,
        IdentifiedByOther = WireValues.Text(details.IdentifiedByOther),
        IdentifiedIn = details.IdentifiedIn?.ToString() ?? "",
    };

    private static Result<LegalName> ReadName(Wire.LegalName wire)
    {
        var reader = new FieldReader();
        var name = new LegalName
        {
            OriginalScript = reader.Text(wire.OriginalScript, LegalName.Text, "original_script"),
            Latin = reader.Text(wire.Latin, LegalName.Text, "latin"),
        };
        return reader.Finish<LegalName>(() => name);
    }

    private static Result<Nationality> ReadNationality(Wire.Nationality wire)
    {
        var reader = new FieldReader();
        var nationality = new Nationality
        {
            Country = reader.Country(wire.Country, "country"),
            State = (NationalityState)wire.State,
        };
        return reader.Finish<Nationality>(() => nationality);
    }

    private static Result<LanguageSkill> ReadLanguage(Wire.LanguageSkill wire)
    {
        var reader = new FieldReader();
        var skill = new LanguageSkill
        {
            Language = reader.Take(LanguageTag.Parse(wire.Language), "language"),
            Level = (LanguageLevel)wire.Level,
            NeedsInterpreter = wire.NeedsInterpreter,
        };
        return reader.Finish<LanguageSkill>(() => skill);
    }

    private static Result<IdentityEvidence> ReadEvidence(Wire.IdentityEvidence wire)
    {
        var reader = new FieldReader();
        var evidence = new IdentityEvidence
        {
            Kind = (TravelDocumentKind)wire.Kind,
            HeldBy = (EvidenceHolder)wire.HeldBy,
            VerifiedBy = (IdentifyingBody)wire.VerifiedBy,
            Other = reader.Text(wire.Other, IdentityEvidence.OtherText, "other"),
        };
        return reader.Finish<IdentityEvidence>(() => evidence);
    }
}
