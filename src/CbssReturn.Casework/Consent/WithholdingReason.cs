namespace CbssReturn.Casework.Consent;

/// <summary>Why something is kept from somebody.</summary>
public enum WithholdingReason
{
    /// <summary>Not told; no reason is needed.</summary>
    Unspecified = 0,

    /// <summary>Fear of harm.</summary>
    FearOfHarm = 1,

    /// <summary>The person wants to tell it themselves.</summary>
    WantsToTellSelf = 2,

    /// <summary>Another reason.</summary>
    Other = 3,
}
