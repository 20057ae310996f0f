using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>What an excerpt says. <see cref="ConsentExcerpt.Create"/> checks it.</summary>
public sealed record ExcerptTerms
{
    /// <summary>Names the consent to this recipient.</summary>
    public ConsentId ConsentId { get; init; }

    /// <summary>Version of the consent, counted from 1.</summary>
    public uint Version { get; init; }

    /// <summary>The grants to this recipient.</summary>
    public ValueList<ExcerptGrant> Grants { get; init; } = [];

    /// <summary>How the consent was given.</summary>
    public ConsentForm Form { get; init; }

    /// <summary>Language in which it was explained.</summary>
    public required LanguageTag Language { get; init; }

    /// <summary>First second, in UTC, of the day on which it was given.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>What the ids were made with.</summary>
    public RecipientSalt Salt { get; init; }

    /// <summary>Digest that stands for the evidence to this recipient; null when there is none.</summary>
    public EvidenceDigest? Evidence { get; init; }

    /// <summary>May the recipient contact the person's embassy or consulate?</summary>
    public PermissionAnswer EmbassyContact { get; init; }

    /// <summary>May the recipient tell the police?</summary>
    public PermissionAnswer PoliceSharing { get; init; }

    /// <summary>May the recipient contact the family?</summary>
    public PermissionAnswer FamilyContact { get; init; }
}
