namespace CbssReturn.Casework.Risk;

/// <summary>Kinds of action that lower a risk.</summary>
public enum CountermeasureKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Safe transport.</summary>
    SafeTransport = 1,

    /// <summary>An escort.</summary>
    Escort = 2,

    /// <summary>Another route.</summary>
    RouteChange = 3,

    /// <summary>A ticket that does not show the name in public.</summary>
    AliasTicketing = 4,

    /// <summary>Another phone.</summary>
    PhoneReplaced = 5,

    /// <summary>A safe house.</summary>
    SafeHouse = 6,

    /// <summary>Police know of the arrival.</summary>
    PoliceAlertArrival = 7,

    /// <summary>The family is not told.</summary>
    NoFamilyNotice = 8,

    /// <summary>Mediation in the family.</summary>
    FamilyMediation = 9,

    /// <summary>Another place in the country.</summary>
    RelocationInCountry = 10,

    /// <summary>A protection order.</summary>
    CourtProtectionOrder = 11,

    /// <summary>Debt advice.</summary>
    DebtAdvice = 12,

    /// <summary>Calls at agreed times.</summary>
    CheckInCalls = 13,

    /// <summary>A code word.</summary>
    CodeWord = 14,

    /// <summary>Medical support.</summary>
    MedicalSupport = 15,

    /// <summary>Another action.</summary>
    Other = 16,
}
