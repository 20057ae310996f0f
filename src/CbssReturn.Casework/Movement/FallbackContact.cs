using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>Whom the person can reach.</summary>
public sealed record FallbackContact : Confidential
{
    /// <summary>Rule of <see cref="Phone"/>.</summary>
    public static readonly TextRule PhoneText = new(SensitivityClass.LifeSafety, 40);

    /// <summary>Rule of <see cref="Hours"/>.</summary>
    public static readonly TextRule HoursText = new(SensitivityClass.LifeSafety, 80);

    /// <summary>Most languages.</summary>
    public const int LanguagesMax = 8;

    /// <summary>Who.</summary>
    public required StaffAlias Alias { get; init; }

    /// <summary>Phone.</summary>
    public required FreeText Phone { get; init; }

    /// <summary>Whether reached around the clock.</summary>
    public bool IsAroundTheClock { get; init; }

    /// <summary>Hours in words; null when around the clock.</summary>
    public FreeText? Hours { get; init; }

    /// <summary>Zone of the hours; null when around the clock.</summary>
    public ZoneId? Zone { get; init; }

    /// <summary>Languages; at most 8.</summary>
    public ValueList<LanguageTag> Languages { get; init; } = [];

    internal Refusal? Validate() =>
        Check.OnlyWhen(!IsAroundTheClock, Hours is not null, "hours")
        ?? Check.OnlyWhen(!IsAroundTheClock, Zone is not null, "zone")
        ?? Check.Count(Languages, 0, LanguagesMax, "languages")
        ?? Check.Unique(Languages, "languages");
}
