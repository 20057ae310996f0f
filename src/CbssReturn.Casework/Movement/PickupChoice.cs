namespace CbssReturn.Casework.Movement;

/// <summary>What the person wants on arrival.</summary>
public enum PickupChoice
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>To be met.</summary>
    Wanted = 1,

    /// <summary>Not to be met; a right, and no failure of the case.</summary>
    Refused = 2,

    /// <summary>A call on arrival, and nobody waiting.</summary>
    ContactOnly = 3,

    /// <summary>Not decided yet.</summary>
    Undecided = 4,
}
