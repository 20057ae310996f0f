namespace CbssReturn.Casework.Common;

/// <summary>The 16 data categories; each is sealed on its own and consented to on its own (design of consent, section
/// 4.2).</summary>
public enum Category
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The consent record itself.</summary>
    ConsentRecord = 1,

    /// <summary>The decision to travel.</summary>
    ReturnDecision = 2,

    /// <summary>Who the person is.</summary>
    Identity = 3,

    /// <summary>How to reach the person.</summary>
    Contact = 4,

    /// <summary>Family members.</summary>
    Family = 5,

    /// <summary>What happened, at the least.</summary>
    Situation = 6,

    /// <summary>Proceedings in court.</summary>
    LegalProceedings = 7,

    /// <summary>Joint risk assessment.</summary>
    Risk = 8,

    /// <summary>Travel documents and the embassy rule.</summary>
    TravelDocs = 9,

    /// <summary>Journey and pickup.</summary>
    Movement = 10,

    /// <summary>Residence and reflection.</summary>
    Residence = 11,

    /// <summary>Health needs.</summary>
    Health = 12,

    /// <summary>Health from doctor to doctor.</summary>
    HealthConfidential = 13,

    /// <summary>Services asked for and reintegration.</summary>
    Services = 14,

    /// <summary>Money.</summary>
    Funding = 15,

    /// <summary>Follow-up after return.</summary>
    FollowUp = 16,
}
