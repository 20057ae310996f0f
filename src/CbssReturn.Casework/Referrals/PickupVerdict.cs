namespace CbssReturn.Casework.Referrals;

/// <summary>Word on a pickup.</summary>
public enum PickupVerdict
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Somebody will be there.</summary>
    Confirmed = 1,

    /// <summary>Nobody can be there; call.</summary>
    Cannot = 2,

    /// <summary>The person refused the pickup; nobody waits, also not in secret.</summary>
    StoodDown = 3,
}
