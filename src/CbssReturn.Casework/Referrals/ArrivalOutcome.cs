namespace CbssReturn.Casework.Referrals;

/// <summary>How an arrival went.</summary>
public enum ArrivalOutcome
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Met.</summary>
    Met = 1,

    /// <summary>Met late.</summary>
    MetLate = 2,

    /// <summary>The person said no on the spot.</summary>
    PickupRefusedOnSpot = 3,

    /// <summary>Not seen.</summary>
    NoShow = 4,

    /// <summary>Did not travel.</summary>
    PersonDidNotTravel = 5,

    /// <summary>Stopped at a border.</summary>
    StoppedAtBorder = 6,

    /// <summary>Somebody else met the person.</summary>
    MetByUnknown = 7,

    /// <summary>The person, who wanted no pickup, called as agreed.</summary>
    ArrivedCalledAsAgreed = 8,
}
