namespace CbssReturn.Casework.Common;

/// <summary>Age at the time of writing. The one closed list in a section: an unknown band is refused, because the rule
/// on minors rests on it.</summary>
public enum AgeBand
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>18 to 24 years.</summary>
    From18To24 = 1,

    /// <summary>25 to 34 years.</summary>
    From25To34 = 2,

    /// <summary>35 to 44 years.</summary>
    From35To44 = 3,

    /// <summary>45 to 59 years.</summary>
    From45To59 = 4,

    /// <summary>60 years or more.</summary>
    From60 = 5,

    /// <summary>The person is or may be under 18: the flow stops.</summary>
    MinorPossible = 6,
}
