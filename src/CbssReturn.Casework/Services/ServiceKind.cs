namespace CbssReturn.Casework.Services;

/// <summary>Kinds of service.</summary>
public enum ServiceKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Safe accommodation.</summary>
    SafeAccommodation = 1,

    /// <summary>Long-term housing.</summary>
    LongTermHousing = 2,

    /// <summary>Medical care.</summary>
    Medical = 3,

    /// <summary>Psychological care.</summary>
    Psychological = 4,

    /// <summary>Legal aid.</summary>
    LegalAid = 5,

    /// <summary>A claim for compensation.</summary>
    CompensationClaim = 6,

    /// <summary>A claim for wages.</summary>
    WageClaim = 7,

    /// <summary>Financial support.</summary>
    FinancialSupport = 8,

    /// <summary>Material support.</summary>
    MaterialSupport = 9,

    /// <summary>Help with offices.</summary>
    AdminSupport = 10,

    /// <summary>Identity papers.</summary>
    IdentityPapers = 11,

    /// <summary>Education and training.</summary>
    EducationTraining = 12,

    /// <summary>Employment.</summary>
    Employment = 13,

    /// <summary>Mediation in the family.</summary>
    FamilyMediation = 14,

    /// <summary>Tracing of family.</summary>
    FamilyTracing = 15,

    /// <summary>Childcare.</summary>
    Childcare = 16,

    /// <summary>Interpreting.</summary>
    Interpreting = 17,

    /// <summary>Treatment of dependence.</summary>
    SubstanceTreatment = 18,

    /// <summary>Debt advice.</summary>
    DebtAdvice = 19,

    /// <summary>Support by peers.</summary>
    PeerSupport = 20,

    /// <summary>Protection by police.</summary>
    ProtectionPolice = 21,

    /// <summary>Another service.</summary>
    Other = 22,
}
