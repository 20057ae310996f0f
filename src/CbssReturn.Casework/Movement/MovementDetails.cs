using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Movement;

/// <summary>What a movement section says. <see cref="MovementSection.Create"/> checks it.</summary>
public sealed record MovementDetails : Confidential
{
    /// <summary>Rule of <see cref="EscortOther"/>.</summary>
    public static readonly TextRule EscortOtherText = new(SensitivityClass.LifeSafety, 80);

    /// <summary>The journey, in order; 1 to 12.</summary>
    public ValueList<JourneyLeg> Legs { get; init; } = [];

    /// <summary>Kind of the place where the journey ends.</summary>
    public PlaceKind ArrivalPlaceKind { get; init; }

    /// <summary>Where to meet; null when nobody meets.</summary>
    public MeetingPoint? MeetingPoint { get; init; }

    /// <summary>When to meet; null when nobody meets.</summary>
    public PickupWindow? Window { get; init; }

    /// <summary>What the person wants.</summary>
    public PickupChoice PickupChoice { get; init; }

    /// <summary>Why the person does not want to be met; never required.</summary>
    public PickupRefusalReason RefusalReason { get; init; }

    /// <summary>What was done about a refusal; at most 8, each once.</summary>
    public ValueList<RefusalEffect> RefusalEffectsDone { get; init; } = [];

    /// <summary>Who meets; at most 6.</summary>
    public ValueList<MeetingPerson> MeetingPersons { get; init; } = [];

    /// <summary>How they know each other; null when nobody meets.</summary>
    public Recognition? Recognition { get; init; }

    /// <summary>Who travels along.</summary>
    public EscortKind Escort { get; init; }

    /// <summary>The other one, with <see cref="EscortKind.Other"/> only.</summary>
    public FreeText? EscortOther { get; init; }

    /// <summary>Help on the way; at most 8.</summary>
    public ValueList<TransitAssistance> TransitAssistance { get; init; } = [];

    /// <summary>What to do when the person is not seen, in order; at most 8.</summary>
    public ValueList<NoShowStep> NoShowPlan { get; init; } = [];

    /// <summary>Whom the person can reach; 1 to 8.</summary>
    public ValueList<FallbackContact> FallbackContacts { get; init; } = [];
}
