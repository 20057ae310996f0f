namespace CbssReturn.Casework.Referrals;

/// <summary>How soon an answer is needed.</summary>
public enum Priority
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Within 24 hours.</summary>
    Emergency = 1,

    /// <summary>Within 72 hours.</summary>
    Urgent = 2,

    /// <summary>Within 14 days.</summary>
    Normal = 3,
}
