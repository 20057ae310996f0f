namespace CbssReturn.Casework.Referrals;

/// <summary>What a packet asks or says (docs/spec/referral-packet.md, section 6).</summary>
public enum MessageKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Could you help somebody like this? No identity.</summary>
    Enquiry = 1,

    /// <summary>Answer to an enquiry, coded.</summary>
    EnquiryAnswer = 2,

    /// <summary>The referral with the sections granted to this recipient.</summary>
    ReferralSubmit = 3,

    /// <summary>A person at the receiving node has seen the referral.</summary>
    Acknowledge = 4,

    /// <summary>The receiving provider accepts, accepts in part, declines or points elsewhere.</summary>
    Decision = 5,

    /// <summary>State of a travel document, coded.</summary>
    DocumentReport = 6,

    /// <summary>Where and when somebody arrives; only after acceptance.</summary>
    MovementDetails = 7,

    /// <summary>A newer version of the movement section; shown at once, whatever is missing before it.</summary>
    MovementChange = 8,

    /// <summary>The receiving side confirms or stands down the pickup.</summary>
    PickupAnswer = 9,

    /// <summary>How the arrival went, coded.</summary>
    ArrivalOutcome = 10,

    /// <summary>The sender made an error or the matter ended; acts on arrival, whatever is missing before it.</summary>
    Cancel = 11,
}
