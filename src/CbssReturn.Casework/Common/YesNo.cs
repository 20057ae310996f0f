namespace CbssReturn.Casework.Common;

/// <summary>Answer to a yes-or-no question.</summary>
public enum YesNo
{
    /// <summary>Not asked; never read as a yes.</summary>
    Unspecified = 0,

    /// <summary>Yes.</summary>
    Yes = 1,

    /// <summary>No.</summary>
    No = 2,

    /// <summary>Asked, and not answered.</summary>
    Declined = 3,

    /// <summary>Asked, and not known.</summary>
    Unknown = 4,
}
