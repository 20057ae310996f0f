namespace CbssReturn.Casework.Consent;

/// <summary>Answer to one of the four questions that are always asked on their own.</summary>
public enum PermissionAnswer
{
    /// <summary>Not asked; never read as a yes.</summary>
    Unspecified = 0,

    /// <summary>Yes.</summary>
    Yes = 1,

    /// <summary>No.</summary>
    No = 2,

    /// <summary>Yes, within limits that the section on the matter spells out.</summary>
    Limited = 3,
}
