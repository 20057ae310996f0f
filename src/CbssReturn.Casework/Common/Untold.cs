namespace CbssReturn.Casework.Common;

/// <summary>Why a fact was not told. A fact that was not asked for is left out altogether.</summary>
public enum Untold
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Asked, and the person did not want to answer; nobody asks again without need.</summary>
    Declined = 1,

    /// <summary>Asked, and the person does not know.</summary>
    Unknown = 2,
}
