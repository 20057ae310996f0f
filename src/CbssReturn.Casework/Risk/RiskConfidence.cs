namespace CbssReturn.Casework.Risk;

/// <summary>How much an assessment rests on. Derived, never sent. A missing part lowers it and never the
/// level.</summary>
public enum RiskConfidence
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>The police took no part, for whatever reason.</summary>
    Low = 1,

    /// <summary>Police of at least one country took part.</summary>
    Full = 2,
}
