namespace CbssReturn.Casework.Identity;

/// <summary>Whether somebody can read what they are given.</summary>
public enum Literacy
{
    /// <summary>Not asked.</summary>
    Unspecified = 0,

    /// <summary>Reads and writes.</summary>
    Reads = 1,

    /// <summary>Reads with difficulty.</summary>
    ReadsALittle = 2,

    /// <summary>Does not read.</summary>
    DoesNotRead = 3,

    /// <summary>Asked, and not known.</summary>
    Unknown = 4,

    /// <summary>Asked, and not answered.</summary>
    Declined = 5,
}
