namespace CbssReturn.Casework.Risk;

/// <summary>What a risk is known from. The source of intelligence is never shared onward.</summary>
public enum RiskEvidence
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person says so.</summary>
    SelfReport = 1,

    /// <summary>The provider saw it.</summary>
    ProviderObserved = 2,

    /// <summary>Police intelligence.</summary>
    PoliceIntelligence = 3,

    /// <summary>A court file.</summary>
    CourtFile = 4,

    /// <summary>A partner abroad.</summary>
    PartnerAbroad = 5,

    /// <summary>Nothing yet.</summary>
    None = 6,
}
