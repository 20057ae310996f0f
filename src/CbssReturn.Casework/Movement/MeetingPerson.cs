using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>One of those who meet the person.</summary>
public sealed record MeetingPerson : Confidential
{
    /// <summary>Rule of <see cref="Organisation"/>.</summary>
    public static readonly TextRule OrganisationText = new(SensitivityClass.LifeSafety, 120);

    /// <summary>Rule of <see cref="Phone"/>.</summary>
    public static readonly TextRule PhoneText = new(SensitivityClass.LifeSafety, 40);

    /// <summary>Most languages.</summary>
    public const int LanguagesMax = 8;

    /// <summary>Who.</summary>
    public required StaffAlias Alias { get; init; }

    /// <summary>Part.</summary>
    public MeetingRole Role { get; init; }

    /// <summary>Organisation; null when not told.</summary>
    public FreeText? Organisation { get; init; }

    /// <summary>Gender, because some people cannot be met by just anybody.</summary>
    public Gender Gender { get; init; }

    /// <summary>Languages; at most 8.</summary>
    public ValueList<LanguageTag> Languages { get; init; } = [];

    /// <summary>Phone, or the alias of one; null when not told.</summary>
    public FreeText? Phone { get; init; }

    internal Refusal? Validate() =>
        Check.Required(Role, "role")
        ?? Check.Count(Languages, 0, LanguagesMax, "languages")
        ?? Check.Unique(Languages, "languages");
}
