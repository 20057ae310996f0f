using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;

namespace CbssReturn.Exchange.Tests.Samples;

/// <summary>Good consents.</summary>
internal static class Consents
{
    public static GrantTerms Grant(
        RecipientId recipient,
        Category category,
        Purpose? purpose = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null) => new()
        {
            Category = category,
            Recipient = recipient,
            Purpose = purpose ?? PurposeOf(category),
            ValidFrom = from,
            ExpiresAt = until,
        };

    /// <summary>The purpose for which the samples grant a category.</summary>
    public static Purpose PurposeOf(Category category) => category switch
    {
        Category.Movement => Purpose.Reception,
        Category.TravelDocs => Purpose.TravelDocument,
        Category.Risk => Purpose.RiskAssessment,
        _ => Purpose.Reintegration,
    };

    public static ConsentTerms Terms(DateTimeOffset givenAt, params IEnumerable<GrantTerms> grants) => new()
    {
        SubjectAlias = CaseAlias.Parse("Uosis-3").Value,
        GivenBy = ConsentGiver.Person,
        Capacity = Capacity.Capable,
        Form = ConsentForm.SignedPaper,
        Language = LanguageTag.Parse("lv").Value,
        InformationGiven = ConsentRules.InformationRequired,
        UnderstandingCheck = UnderstandingCheck.TeachBack,
        Grants = grants.ToValueList(),
        GivenAt = givenAt,
    };

    public static ConsentExcerpt Excerpt(
        DateTimeOffset givenAt, RecipientId recipient, params IEnumerable<GrantTerms> grants) =>
        ConsentRecord.Create(Terms(givenAt, grants), givenAt).Value
            .ExcerptFor(recipient, RecipientSalt.NewRandom()).Value;
}
