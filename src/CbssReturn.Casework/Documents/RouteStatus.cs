namespace CbssReturn.Casework.Documents;

/// <summary>Where an alternative route stands.</summary>
public enum RouteStatus
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>It could be tried.</summary>
    Possible = 1,

    /// <summary>It is under way.</summary>
    Started = 2,

    /// <summary>It worked.</summary>
    Succeeded = 3,

    /// <summary>It did not work.</summary>
    Failed = 4,

    /// <summary>It was given up.</summary>
    Dropped = 5,
}
