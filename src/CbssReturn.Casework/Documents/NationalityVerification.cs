namespace CbssReturn.Casework.Documents;

/// <summary>Whether a state was asked to confirm the nationality.</summary>
public enum NationalityVerification
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>Not asked.</summary>
    NotAsked = 1,

    /// <summary>Asked.</summary>
    Requested = 2,

    /// <summary>Confirmed.</summary>
    Confirmed = 3,

    /// <summary>Denied.</summary>
    Denied = 4,
}
