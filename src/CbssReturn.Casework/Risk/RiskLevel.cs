namespace CbssReturn.Casework.Risk;

/// <summary>How high a risk is. A number above EXTREME counts as at least EXTREME.</summary>
public enum RiskLevel
{
    /// <summary>No opinion.</summary>
    Unspecified = 0,

    /// <summary>Low.</summary>
    Low = 1,

    /// <summary>Medium.</summary>
    Medium = 2,

    /// <summary>High.</summary>
    High = 3,

    /// <summary>Extreme.</summary>
    Extreme = 4,
}
