using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>What one recipient gets to know of a consent, and what its node checks at every opening.</summary>
/// <remarks>Ids, digest and day are made so that two recipients cannot tell that they help the same person
/// (docs/spec/casework.md, rule 2.15).</remarks>
public sealed record ConsentExcerpt
{
    private ConsentExcerpt(ExcerptTerms terms) => Terms = terms;

    /// <summary>What it says.</summary>
    public ExcerptTerms Terms { get; }

    /// <summary>The grants to this recipient; 1 to 64.</summary>
    public ValueList<ExcerptGrant> Grants => Terms.Grants;

    /// <summary>The person's answers to the three questions that the recipient must obey; the fourth, on statistics, is
    /// not told and counts as not asked.</summary>
    public Permissions Permissions => new()
    {
        EmbassyContact = Terms.EmbassyContact,
        PoliceSharing = Terms.PoliceSharing,
        FamilyContact = Terms.FamilyContact,
    };

    /// <summary>Takes in an excerpt from its origin.</summary>
    /// <param name="terms">What it says.</param>
    /// <returns>The excerpt, or a refusal: <see cref="RefusalCode.ConsentOutOfBounds"/>, or one about the form of a
    /// field.</returns>
    public static Result<ConsentExcerpt> Create(ExcerptTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var refusal = Check.OnlyWhen(true, !terms.ConsentId.IsDefault, "consent_id")
            ?? Check.Range(terms.Version, 1, uint.MaxValue, "version")
            ?? Check.OnlyWhen(true, terms.Salt != default, "salt")
            ?? Check.Known(terms.Form, "form")
            ?? Check.KnownOrUnset(terms.EmbassyContact, "embassy_contact")
            ?? Check.KnownOrUnset(terms.PoliceSharing, "police_sharing")
            ?? Check.KnownOrUnset(terms.FamilyContact, "family_contact")
            ?? Check.Count(terms.Grants, 1, ConsentRules.GrantsMax, "grants")
            ?? Check.Unique([.. terms.Grants.Select(grant => (grant.Category, grant.Purpose))], "grants")
            ?? (terms.GivenAt == Moments.StartOfDay(terms.GivenAt)
                ? null
                : new Refusal(RefusalCode.FieldMalformed, "The day is given by its first second.", "given_at"))
            ?? Check.Each(terms.Grants, "grants", grant => CheckGrant(grant, terms.GivenAt));
        return refusal is null ? new ConsentExcerpt(terms) : refusal;
    }

    /// <summary>Says whether a section may be used, and by which grant. Default deny.</summary>
    /// <param name="category">What.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="now">When.</param>
    /// <returns>The grant, or a refusal: <see cref="RefusalCode.GrantMissing"/>,
    /// <see cref="RefusalCode.GrantNotYetValid"/>, <see cref="RefusalCode.GrantExpired"/>.</returns>
    public Result<ExcerptGrant> Decide(Category category, Purpose purpose, DateTimeOffset now)
    {
        var grant = Grants.FirstOrDefault(grant => grant.Category == category && grant.Purpose == purpose);
        return grant is null
            ? GrantDecision.Missing
            : GrantDecision.At(now, grant.ValidFrom, grant.ExpiresAt) is { } refusal ? refusal : grant;
    }

    internal static Result<ConsentExcerpt> From(ConsentRecord record, RecipientId recipient, RecipientSalt salt)
    {
        var grants = record.GrantsTo(recipient).Select(grant => new ExcerptGrant
        {
            Id = GrantId.FromBytes(ExcerptDerivation.GrantIdOf(salt, recipient, grant.Id)).Value,
            Category = grant.Category,
            Purpose = grant.Purpose,
            // A grant from the moment of the talk would show its second; the day is enough.
            ValidFrom = grant.ValidFrom == record.Terms.GivenAt ? Moments.StartOfDay(grant.ValidFrom) : grant.ValidFrom,
            ExpiresAt = grant.ExpiresAt,
            Onward = grant.Onward,
            OnwardTo = grant.OnwardTo,
        }).ToValueList();
        if (grants.Count == 0)
        {
            return GrantDecision.Missing;
        }

        return Create(new ExcerptTerms
        {
            ConsentId = ConsentId.FromBytes(ExcerptDerivation.ConsentIdOf(salt, recipient, record.Id)).Value,
            Version = record.Version,
            Grants = grants,
            Form = record.Terms.Form,
            Language = record.Terms.Language,
            GivenAt = Moments.StartOfDay(record.Terms.GivenAt),
            Salt = salt,
            Evidence = record.Terms.Evidence is { } evidence
                ? ExcerptDerivation.EvidenceOf(salt, recipient, evidence)
                : null,
            EmbassyContact = record.Permissions.EmbassyContact,
            PoliceSharing = record.Permissions.PoliceSharing,
            FamilyContact = record.Permissions.FamilyContact,
        });
    }

    private static Refusal? CheckGrant(ExcerptGrant grant, DateTimeOffset day) =>
        Check.OnlyWhen(true, !grant.Id.IsDefault, "grant_id")
        ?? Check.Known(grant.Category, "category")
        ?? Check.Known(grant.Purpose, "purpose")
        ?? (GrantRules.Fits(grant.Category, grant.Purpose)
            ? null
            : OutOfBounds("This purpose does not go with this category.", "purpose"))
        ?? (grant.ValidFrom < day
            ? OutOfBounds("A grant cannot begin before the consent was given.", "valid_from")
            : null)
        ?? (grant.ExpiresAt <= grant.ValidFrom ? OutOfBounds("A grant must end after it begins.", "expires_at") : null)
        // The consent was given at some second of its day, so the longest life may reach one day further.
        ?? (grant.ExpiresAt - day > GrantRules.LifetimeMax(grant.Category) + TimeSpan.FromDays(1)
            ? OutOfBounds("A grant lasts longer than any grant may.", "expires_at")
            : null)
        ?? Check.Known(grant.Onward, "onward")
        ?? Check.OnlyWhen(grant.Onward == OnwardRule.Named, grant.OnwardTo.Count > 0, "onward_to")
        ?? Check.Count(grant.OnwardTo, 0, GrantRules.OnwardToMax, "onward_to")
        ?? Check.Unique(grant.OnwardTo, "onward_to");

    private static Refusal OutOfBounds(string message, string field) =>
        new(RefusalCode.ConsentOutOfBounds, message, field);
}
