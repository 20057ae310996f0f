namespace CbssReturn.Casework.Consent;

/// <summary>Where a consent stands.</summary>
public enum ConsentStatus
{
    /// <summary>Never kept.</summary>
    Unspecified = 0,

    /// <summary>In force.</summary>
    Active = 1,

    /// <summary>Some grants were taken back; the others hold.</summary>
    PartlyWithdrawn = 2,

    /// <summary>Taken back.</summary>
    Withdrawn = 3,

    /// <summary>Its time is over.</summary>
    Expired = 4,

    /// <summary>A newer version took its place.</summary>
    Superseded = 5,
}
