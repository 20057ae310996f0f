using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Documents;

/// <summary>One paper.</summary>
public sealed record TravelDocument : Confidential
{
    /// <summary>Rule of <see cref="KindOther"/>.</summary>
    public static readonly TextRule KindOtherText = new(SensitivityClass.Personal, 80);

    /// <summary>Rule of <see cref="IssuingAuthority"/>.</summary>
    public static readonly TextRule AuthorityText = new(SensitivityClass.Personal, 120);

    /// <summary>Rule of <see cref="Number"/>.</summary>
    public static readonly TextRule NumberText = new(SensitivityClass.Personal, 40);

    /// <summary>Which paper.</summary>
    public TravelDocumentKind Kind { get; init; }

    /// <summary>Which other proof, with <see cref="TravelDocumentKind.OtherProof"/> only.</summary>
    public FreeText? KindOther { get; init; }

    /// <summary>Where it is, or what became of it.</summary>
    public TravelDocumentStatus Status { get; init; }

    /// <summary>Who issued it; null when not told.</summary>
    public FreeText? IssuingAuthority { get; init; }

    /// <summary>Country that issued it; null when not told.</summary>
    public CountryCode? IssuingCountry { get; init; }

    /// <summary>Its number; null until a ticket needs it (docs/spec/casework.md, rule 6.6).</summary>
    public FreeText? Number { get; init; }

    /// <summary>First day of validity; null when not told.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>Last day of validity; null when not told.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Whether it serves for one journey only.</summary>
    public YesNo SingleJourney { get; init; }

    /// <summary>Whether the person could show it now.</summary>
    public bool IsAtHand => Status is TravelDocumentStatus.HeldByPerson or TravelDocumentStatus.HeldByProvider
        or TravelDocumentStatus.Issued;

    /// <summary>Says whether it can be shown on a journey that ends on a day.</summary>
    /// <param name="lastDay">The last day of the journey, local.</param>
    public bool IsValidThrough(DateOnly lastDay) => IsAtHand && ExpiresOn >= lastDay;

    internal Refusal? Validate() =>
        Check.Required(Kind, "kind")
        ?? Check.OnlyWhen(Kind == TravelDocumentKind.OtherProof, KindOther is not null, "kind_other")
        ?? Check.Required(Status, "status")
        ?? (ExpiresOn < IssuedOn
            ? new Refusal(RefusalCode.DatesContradict, "It cannot end before it begins.", "expires_on")
            : null);
}
