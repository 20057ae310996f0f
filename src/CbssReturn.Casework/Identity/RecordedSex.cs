namespace CbssReturn.Casework.Identity;

/// <summary>Sex as it stands in the person's papers.</summary>
public enum RecordedSex
{
    /// <summary>Not asked.</summary>
    Unspecified = 0,

    /// <summary>Female.</summary>
    Female = 1,

    /// <summary>Male.</summary>
    Male = 2,

    /// <summary>Neither female nor male.</summary>
    X = 3,

    /// <summary>Asked, and not known.</summary>
    Unknown = 4,

    /// <summary>Asked, and not answered.</summary>
    Declined = 5,
}
