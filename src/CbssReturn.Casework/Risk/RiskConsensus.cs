using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Risk;

/// <summary>A lower level for one phase that all who contributed agreed on, the person among them.</summary>
public sealed record RiskConsensus : Confidential
{
    /// <summary>Rule of <see cref="Reason"/>.</summary>
    public static readonly TextRule ReasonText = new(SensitivityClass.LifeSafety, 500);

    /// <summary>The phase.</summary>
    public JourneyPhase Phase { get; init; }

    /// <summary>The level agreed on.</summary>
    public RiskLevel Level { get; init; }

    /// <summary>Why.</summary>
    public required FreeText Reason { get; init; }

    /// <summary>Places, counted from 0, of the contributions whose authors signed.</summary>
    public ValueList<uint> SignedBy { get; init; } = [];
}
