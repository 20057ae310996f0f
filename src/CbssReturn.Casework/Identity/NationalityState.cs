namespace CbssReturn.Casework.Identity;

/// <summary>How sure a nationality is.</summary>
public enum NationalityState
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person says so.</summary>
    Claimed = 1,

    /// <summary>A state confirmed it.</summary>
    Verified = 2,

    /// <summary>A state denies it.</summary>
    Disputed = 3,

    /// <summary>No state takes the person as a national.</summary>
    Stateless = 4,
}
