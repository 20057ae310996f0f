namespace CbssReturn.Casework.Referrals;

/// <summary>How much may be told.</summary>
public enum DisclosureStage
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Circumstances without identity: class O only.</summary>
    Enquiry = 1,

    /// <summary>Sections the person agreed to share, without place and time of travel.</summary>
    Referral = 2,

    /// <summary>Place, time and recognition; only after acceptance.</summary>
    Movement = 3,
}
