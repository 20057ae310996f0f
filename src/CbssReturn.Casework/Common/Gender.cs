namespace CbssReturn.Casework.Common;

/// <summary>How the person describes themselves, or whom a service must be able to take in.</summary>
public enum Gender
{
    /// <summary>Not asked.</summary>
    Unspecified = 0,

    /// <summary>Woman.</summary>
    Female = 1,

    /// <summary>Man.</summary>
    Male = 2,

    /// <summary>Neither, or both.</summary>
    NonBinary = 3,

    /// <summary>Asked, and not known.</summary>
    Unknown = 4,

    /// <summary>Asked, and not answered.</summary>
    Declined = 5,
}
