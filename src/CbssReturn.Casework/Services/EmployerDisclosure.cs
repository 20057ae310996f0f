namespace CbssReturn.Casework.Services;

/// <summary>Whether an employer or employment office may learn of the trafficking.</summary>
public enum EmployerDisclosure
{
    /// <summary>Not told; counts as FORBIDDEN.</summary>
    Unspecified = 0,

    /// <summary>It may not.</summary>
    Forbidden = 1,

    /// <summary>The person allowed it.</summary>
    Allowed = 2,
}
