namespace CbssReturn.Casework.Referrals;

/// <summary>Kinds of decision.</summary>
public enum DecisionKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>All that was asked.</summary>
    Accepted = 1,

    /// <summary>Some of what was asked.</summary>
    PartlyAccepted = 2,

    /// <summary>Not here.</summary>
    Declined = 3,

    /// <summary>Ask another node; needs a new grant before anything goes there.</summary>
    Redirected = 4,
}
