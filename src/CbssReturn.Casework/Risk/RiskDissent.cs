using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Risk;

/// <summary>A disagreement that stays visible.</summary>
public sealed record RiskDissent : Confidential
{
    /// <summary>Rule of both texts.</summary>
    public static readonly TextRule Text = new(SensitivityClass.LifeSafety, 500);

    /// <summary>Place, counted from 0, of the contribution whose author disagrees.</summary>
    public uint Contribution { get; init; }

    /// <summary>The phase.</summary>
    public JourneyPhase Phase { get; init; }

    /// <summary>The author's own level.</summary>
    public RiskLevel OwnLevel { get; init; }

    /// <summary>Why; null when not told.</summary>
    public FreeText? Reason { get; init; }

    /// <summary>What became of it; <see cref="DissentResolution.Unspecified"/> while it is open.</summary>
    public DissentResolution Resolution { get; init; }

    /// <summary>How; null when not told.</summary>
    public FreeText? ResolutionNote { get; init; }

    /// <summary>Whether it is open, so that travel waits.</summary>
    public bool IsOpen => Resolution == DissentResolution.Unspecified;
}
