namespace CbssReturn.Casework.Identity;

/// <summary>Where the identification as a trafficked person stands.</summary>
public enum IdentificationStatus
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>There are grounds to think so; enough for help.</summary>
    Presumed = 1,

    /// <summary>A competent authority found so.</summary>
    FormallyIdentified = 2,

    /// <summary>A competent authority found otherwise.</summary>
    Rejected = 3,

    /// <summary>Not asked for.</summary>
    NotSought = 4,
}
