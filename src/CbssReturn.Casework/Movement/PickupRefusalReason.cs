namespace CbssReturn.Casework.Movement;

/// <summary>Why the person does not want to be met. Never asked for.</summary>
public enum PickupRefusalReason
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Stigma.</summary>
    Stigma = 1,

    /// <summary>The family comes.</summary>
    FamilyMeets = 2,

    /// <summary>The person prefers their own way.</summary>
    PrefersOwnWay = 3,

    /// <summary>The person does not trust the provider.</summary>
    DistrustsProvider = 4,

    /// <summary>The person fears authorities.</summary>
    FearsAuthorities = 5,

    /// <summary>The person gave no reason.</summary>
    NoReasonGiven = 6,
}
