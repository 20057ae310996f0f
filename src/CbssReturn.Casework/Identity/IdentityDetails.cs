using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Identity;

/// <summary>What an identity section says. <see cref="IdentitySection.Create"/> checks it.</summary>
public sealed record IdentityDetails : Confidential
{
    /// <summary>Rule of <see cref="UsedName"/>.</summary>
    public static readonly TextRule UsedNameText = new(SensitivityClass.Personal, 100);

    /// <summary>Rule of <see cref="Pronouns"/>.</summary>
    public static readonly TextRule PronounsText = new(SensitivityClass.Personal, 40);

    /// <summary>Rule of <see cref="IdentifiedByOther"/>.</summary>
    public static readonly TextRule IdentifiedByOtherText = new(SensitivityClass.Personal, 80);

    /// <summary>Names in papers; at most 8.</summary>
    public ValueList<LegalName> LegalNames { get; init; } = [];

    /// <summary>What the person wants to be called.</summary>
    public Told<FreeText> UsedName { get; init; }

    /// <summary>Pronouns.</summary>
    public Told<FreeText> Pronouns { get; init; }

    /// <summary>Date of birth.</summary>
    public Told<DateOnly> DateOfBirth { get; init; }

    /// <summary>Age band.</summary>
    public AgeBand AgeBand { get; init; }

    /// <summary>Sex as it stands in papers.</summary>
    public RecordedSex SexRecorded { get; init; }

    /// <summary>Gender.</summary>
    public Gender Gender { get; init; }

    /// <summary>Nationalities; at most 8.</summary>
    public ValueList<Nationality> Nationalities { get; init; } = [];

    /// <summary>Languages; at most 16, each once.</summary>
    public ValueList<LanguageSkill> Languages { get; init; } = [];

    /// <summary>Whether the person reads.</summary>
    public Literacy Literacy { get; init; }

    /// <summary>What proves who the person is; at most 16.</summary>
    public ValueList<IdentityEvidence> Evidence { get; init; } = [];

    /// <summary>Where the identification as a trafficked person stands.</summary>
    public IdentificationStatus IdentificationStatus { get; init; }

    /// <summary>Who identified the person; unspecified when not told.</summary>
    public IdentifyingBody IdentifiedBy { get; init; }

    /// <summary>The other one, with <see cref="IdentifyingBody.Other"/> only.</summary>
    public FreeText? IdentifiedByOther { get; init; }

    /// <summary>Country that identified the person; null when not told.</summary>
    public CountryCode? IdentifiedIn { get; init; }
}
