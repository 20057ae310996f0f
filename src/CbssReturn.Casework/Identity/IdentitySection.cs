using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Identity;

/// <summary>Who the person is (docs/spec/casework.md, section 4). Only about adults: a section about somebody who is or
/// may be under 18 cannot be made.</summary>
public sealed record IdentitySection : Section
{
    /// <summary>Most names.</summary>
    public const int LegalNamesMax = 8;

    /// <summary>Most nationalities.</summary>
    public const int NationalitiesMax = 8;

    /// <summary>Most languages.</summary>
    public const int LanguagesMax = 16;

    /// <summary>Most proofs.</summary>
    public const int EvidenceMax = 16;

    private IdentitySection(IdentityDetails details) => Details = details;

    /// <inheritdoc/>
    public override Category Category => Category.Identity;

    /// <summary>What it says.</summary>
    public IdentityDetails Details { get; }

    /// <summary>Makes a section.</summary>
    /// <param name="details">What it says.</param>
    /// <param name="now">The moment, against which the age counts.</param>
    /// <returns>The section, or a refusal: <see cref="RefusalCode.PossibleMinor"/>,
    /// <see cref="RefusalCode.DatesContradict"/>, or one about the form of a field.</returns>
    public static Result<IdentitySection> Create(IdentityDetails details, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(details);
        var isIdentified = details.IdentificationStatus
            is not (IdentificationStatus.Rejected or IdentificationStatus.NotSought);
        var refusal = AdultRule.CheckBand(details.AgeBand)
            ?? (details.DateOfBirth.IsTold ? AdultRule.CheckBirth(details.DateOfBirth.Value, now) : null)
            ?? Check.Count(details.LegalNames, 0, LegalNamesMax, "legal_names")
            ?? Check.Each(details.LegalNames, "legal_names", CheckName)
            ?? Check.Count(details.Nationalities, 0, NationalitiesMax, "nationalities")
            ?? Check.Each(details.Nationalities, "nationalities", CheckNationality)
            ?? Check.Count(details.Languages, 0, LanguagesMax, "languages")
            ?? Check.Unique([.. details.Languages.Select(skill => skill.Language)], "languages")
            ?? Check.Count(details.Evidence, 0, EvidenceMax, "evidence")
            ?? Check.Each(details.Evidence, "evidence", CheckEvidence)
            ?? Check.Required(details.IdentificationStatus, "identification_status")
            ?? Check.AllowedWhen(isIdentified, details.IdentifiedBy != IdentifyingBody.Unspecified, "identified_by")
            ?? Check.OnlyWhen(
                details.IdentifiedBy == IdentifyingBody.Other,
                details.IdentifiedByOther is not null,
                "identified_by_other");
        return refusal is null ? new IdentitySection(details) : refusal;
    }

    private static Refusal? CheckName(LegalName name) =>
        name is { OriginalScript: null, Latin: null } ? Check.Missing("latin") : null;

    private static Refusal? CheckNationality(Nationality nationality) =>
        Check.Required(nationality.State, "state")
        ?? Check.OnlyWhen(
            nationality.State != NationalityState.Stateless, nationality.Country is not null, "country");

    private static Refusal? CheckEvidence(IdentityEvidence evidence) =>
        Check.Required(evidence.Kind, "kind")
        ?? Check.OnlyWhen(
            evidence.Kind == TravelDocumentKind.OtherProof
                || evidence.HeldBy == EvidenceHolder.Other
                || evidence.VerifiedBy == IdentifyingBody.Other,
            evidence.Other is not null,
            "other");
}
