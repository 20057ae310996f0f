namespace CbssReturn.Casework.Common;

/// <summary>What a section may be used for.</summary>
public enum Purpose
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>To say whether there is room.</summary>
    CapacityCheck = 1,

    /// <summary>To assess risk together.</summary>
    RiskAssessment = 2,

    /// <summary>To plan the return.</summary>
    ReturnPlanning = 3,

    /// <summary>To obtain a travel document.</summary>
    TravelDocument = 4,

    /// <summary>To book and run the journey.</summary>
    TravelLogistics = 5,

    /// <summary>To meet the person.</summary>
    Reception = 6,

    /// <summary>To give shelter.</summary>
    Shelter = 7,

    /// <summary>To go on with treatment.</summary>
    MedicalContinuity = 8,

    /// <summary>To help with a new start.</summary>
    Reintegration = 9,

    /// <summary>To protect, by police.</summary>
    ProtectionByPolice = 10,

    /// <summary>For proceedings.</summary>
    LegalProceedings = 11,

    /// <summary>To decide on money.</summary>
    FundingDecision = 12,

    /// <summary>To ask later how the person is.</summary>
    FollowUp = 13,

    /// <summary>To count.</summary>
    Statistics = 14,
}
