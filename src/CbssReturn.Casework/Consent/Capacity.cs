namespace CbssReturn.Casework.Consent;

/// <summary>Whether the person can decide this, now.</summary>
public enum Capacity
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Can decide.</summary>
    Capable = 1,

    /// <summary>Can decide with support.</summary>
    CapableWithSupport = 2,

    /// <summary>Cannot decide now: wait.</summary>
    TemporarilyImpaired = 3,

    /// <summary>Cannot decide: a guardian is needed.</summary>
    LacksCapacity = 4,

    /// <summary>Nobody looked into it: nothing can be sent.</summary>
    NotAssessed = 5,
}
