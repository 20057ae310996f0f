namespace CbssReturn.Casework.Referrals;

/// <summary>Why a sender cancels.</summary>
public enum CancelReason
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Sent in error.</summary>
    SenderError = 1,

    /// <summary>Another provider took it.</summary>
    PlacedElsewhere = 2,

    /// <summary>The person does not want to go on; no reason is asked.</summary>
    PersonEnded = 3,
}
