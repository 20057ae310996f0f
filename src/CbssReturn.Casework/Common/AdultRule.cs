using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>Adults only: a person who is or may be under 18 leaves the ordinary flow (docs/spec/casework.md, rule 3.7).
/// A gate, not silent acceptance.</summary>
public static class AdultRule
{
    /// <summary>Age from which a person counts as an adult, in years.</summary>
    public const int AdultAgeYears = 18;

    /// <summary>Checks an age band. An unknown band is refused too: it could be a young one.</summary>
    /// <returns>Null, or a refusal with <see cref="RefusalCode.PossibleMinor"/>,
    /// <see cref="RefusalCode.FieldMissing"/> or <see cref="RefusalCode.CodeUnknown"/> at <c>age_band</c>.</returns>
    public static Refusal? CheckBand(AgeBand band) =>
        Check.Known(band, "age_band")
        ?? (band == AgeBand.MinorPossible ? Minor("age_band") : null);

    /// <summary>Checks a date of birth.</summary>
    /// <param name="birth">The date.</param>
    /// <param name="now">The moment.</param>
    /// <returns>Null, or a refusal with <see cref="RefusalCode.PossibleMinor"/> or
    /// <see cref="RefusalCode.DatesContradict"/> at <c>date_of_birth</c>.</returns>
    public static Refusal? CheckBirth(DateOnly birth, DateTimeOffset now)
    {
        // The person may be where the day begins last (UTC-12); in doubt the person is a minor.
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(-12));
        if (birth > today)
        {
            return new Refusal(RefusalCode.DatesContradict, "The date of birth lies in the future.", "date_of_birth");
        }

        return today < ComingOfAge(birth) ? Minor("date_of_birth") : null;
    }

    /// <summary>The first day on which a person born on a date counts as an adult.</summary>
    public static DateOnly ComingOfAge(DateOnly birth)
    {
        var birthday = birth.AddYears(AdultAgeYears);

        // Born on 29 February: AddYears falls back to the 28th in a common year, which is a day too early.
        return birthday.Day == birth.Day ? birthday : birthday.AddDays(1);
    }

    private static Refusal Minor(string field) => new(
        RefusalCode.PossibleMinor,
        "The person is or may be under 18. Stop here and turn to child protection.",
        field);
}
