namespace CbssReturn.Casework.Risk;

/// <summary>Whether the police can and will protect.</summary>
public enum ProtectionAvailable
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Willing and able.</summary>
    PoliceWillingAble = 1,

    /// <summary>Within limits.</summary>
    PoliceLimited = 2,

    /// <summary>None.</summary>
    None = 3,

    /// <summary>Not known.</summary>
    Unknown = 4,
}
