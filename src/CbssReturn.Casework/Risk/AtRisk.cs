namespace CbssReturn.Casework.Risk;

/// <summary>Who is at risk.</summary>
public enum AtRisk
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person.</summary>
    Person = 1,

    /// <summary>The family.</summary>
    Family = 2,

    /// <summary>The children.</summary>
    Children = 3,

    /// <summary>Staff.</summary>
    Staff = 4,

    /// <summary>The escort.</summary>
    Escort = 5,
}
