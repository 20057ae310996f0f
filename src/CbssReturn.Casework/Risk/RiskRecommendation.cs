namespace CbssReturn.Casework.Risk;

/// <summary>What the assessment comes to.</summary>
public enum RiskRecommendation
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Travel can go ahead.</summary>
    TravelOk = 1,

    /// <summary>Travel can go ahead with the measures named.</summary>
    TravelWithMeasures = 2,

    /// <summary>Wait.</summary>
    Postpone = 3,

    /// <summary>Do not return.</summary>
    DoNotReturn = 4,

    /// <summary>Go elsewhere.</summary>
    AlternativeDestination = 5,
}
