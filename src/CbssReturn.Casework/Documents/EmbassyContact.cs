namespace CbssReturn.Casework.Documents;

/// <summary>Whether the person's own embassy or consulate may be contacted. Whatever is not an allowance here forbids
/// it.</summary>
public enum EmbassyContact
{
    /// <summary>Not told; counts as FORBIDDEN.</summary>
    Unspecified = 0,

    /// <summary>Nobody may contact it.</summary>
    Forbidden = 1,

    /// <summary>The person was not asked yet; nobody may contact it.</summary>
    NotAsked = 2,

    /// <summary>Only the person may contact it.</summary>
    AllowedByPersonOnly = 3,

    /// <summary>Only the named person may contact it.</summary>
    AllowedVia = 4,

    /// <summary>It may be contacted within the limits named.</summary>
    AllowedWithLimits = 5,

    /// <summary>Contact is known to be dangerous; nobody may contact it.</summary>
    UnsafeConfirmed = 6,
}
