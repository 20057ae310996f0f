namespace CbssReturn.Casework.Common;

/// <summary>Ground in law for sharing.</summary>
public enum LegalBasis
{
    /// <summary>No section is shared, so no ground is needed.</summary>
    Unspecified = 0,

    /// <summary>The person agreed.</summary>
    Consent = 1,
}
