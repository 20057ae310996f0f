namespace CbssReturn.Casework.Movement;

/// <summary>Who travels along.</summary>
public enum EscortKind
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Nobody.</summary>
    None = 1,

    /// <summary>Somebody of the provider.</summary>
    Provider = 2,

    /// <summary>Somebody of the operator.</summary>
    Operational = 3,

    /// <summary>A health worker.</summary>
    Medical = 4,

    /// <summary>Police, as far as the gate.</summary>
    PoliceToGate = 5,

    /// <summary>A family member.</summary>
    Family = 6,

    /// <summary>Somebody else.</summary>
    Other = 7,
}
