using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>A public place to meet; never a home or shelter (docs/spec/casework.md, rule 7.3).</summary>
public sealed record MeetingPoint : Confidential
{
    /// <summary>Rule of both texts.</summary>
    public static readonly TextRule Text = new(SensitivityClass.LifeSafety, 200);

    /// <summary>Kind of place.</summary>
    public PlaceKind PlaceKind { get; init; }

    /// <summary>Where.</summary>
    public required FreeText Place { get; init; }

    /// <summary>Reference on a map; null for none.</summary>
    public FreeText? MapReference { get; init; }

    internal Refusal? Validate() =>
        Check.Required(PlaceKind, "place_kind")
        ?? (PlaceKind is PlaceKind.PrivateAddress or PlaceKind.Shelter
            ? MovementRules.AddressNotAllowed("place_kind")
            : null);
}
