namespace CbssReturn.Casework.Risk;

/// <summary>Where a countermeasure stands.</summary>
public enum CountermeasureStatus
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Planned.</summary>
    Planned = 1,

    /// <summary>In place.</summary>
    InPlace = 2,

    /// <summary>Failed.</summary>
    Failed = 3,

    /// <summary>Given up.</summary>
    Dropped = 4,
}
