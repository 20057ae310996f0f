namespace CbssReturn.Casework.Referrals;

/// <summary>Where one referral stands between two nodes; each end keeps its own view (docs/spec/casework.md, section
/// 9). Stored as a number that is never reused.</summary>
public enum ReferralState
{
    /// <summary>Never kept.</summary>
    Unspecified = 0,

    /// <summary>Nothing was sent or received yet.</summary>
    Draft = 1,

    /// <summary>An enquiry without identity is on its way or there.</summary>
    EnquirySent = 2,

    /// <summary>The enquiry was answered: can, cannot, try another.</summary>
    EnquiryAnswered = 3,

    /// <summary>The referral is sealed and waits to be delivered; at its origin only.</summary>
    Submitted = 4,

    /// <summary>The receiver's node holds it and signed for it.</summary>
    Delivered = 5,

    /// <summary>It could not be delivered in time; somebody must phone.</summary>
    Undelivered = 6,

    /// <summary>A person at the receiver has seen it and named a lead and a deputy.</summary>
    Acknowledged = 7,

    /// <summary>All that was asked for is accepted.</summary>
    Accepted = 8,

    /// <summary>Some of what was asked for is accepted.</summary>
    PartlyAccepted = 9,

    /// <summary>Declined, with a code.</summary>
    Declined = 10,

    /// <summary>Pointed to another node, which has seen nothing and needs a new grant.</summary>
    Redirected = 11,

    /// <summary>Place and time of travel are told.</summary>
    MovementSent = 12,

    /// <summary>Somebody will be there.</summary>
    PickupConfirmed = 13,

    /// <summary>The person refused the pickup; nobody waits, also not in secret. As good an end as any other.</summary>
    PickupStoodDown = 14,

    /// <summary>The person arrived.</summary>
    Arrived = 15,

    /// <summary>The origin ended the matter.</summary>
    Cancelled = 16,

    /// <summary>The receiver's node refused the packet.</summary>
    Refused = 17,
}
