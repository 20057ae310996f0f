using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Movement;

/// <summary>Help on the way.</summary>
public sealed record TransitAssistance : Confidential
{
    /// <summary>Rule of both texts.</summary>
    public static readonly TextRule Text = new(SensitivityClass.LifeSafety, 120);

    /// <summary>Where.</summary>
    public required FreeText Place { get; init; }

    /// <summary>Who.</summary>
    public required FreeText Who { get; init; }
}
