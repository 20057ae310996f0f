using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>One leg of a journey.</summary>
public sealed record JourneyLeg : Confidential
{
    /// <summary>Rule of <see cref="ModeOther"/> and <see cref="Carrier"/>.</summary>
    public static readonly TextRule CarrierText = new(SensitivityClass.LifeSafety, 80);

    /// <summary>Rule of <see cref="Number"/>.</summary>
    public static readonly TextRule NumberText = new(SensitivityClass.LifeSafety, 20);

    /// <summary>Rule of both places.</summary>
    public static readonly TextRule PlaceText = new(SensitivityClass.LifeSafety, 120);

    /// <summary>How.</summary>
    public TransportMode Mode { get; init; }

    /// <summary>The other means, with <see cref="TransportMode.Other"/> only.</summary>
    public FreeText? ModeOther { get; init; }

    /// <summary>Carrier; null when not told.</summary>
    public FreeText? Carrier { get; init; }

    /// <summary>Number of flight, ship, train or bus; null when not told.</summary>
    public FreeText? Number { get; init; }

    /// <summary>From where.</summary>
    public required FreeText FromPlace { get; init; }

    /// <summary>To where; null only in the last leg of a journey that ends at a home or shelter.</summary>
    public FreeText? ToPlace { get; init; }

    /// <summary>Departure.</summary>
    public required LocalMoment Departs { get; init; }

    /// <summary>Arrival.</summary>
    public required LocalMoment Arrives { get; init; }

    internal Refusal? Validate() =>
        Check.Required(Mode, "mode")
        ?? Check.OnlyWhen(Mode == TransportMode.Other, ModeOther is not null, "mode_other")
        ?? (Arrives > Departs
            ? null
            : new Refusal(RefusalCode.DatesContradict, "A leg arrives after it departs.", "arrives"));
}
