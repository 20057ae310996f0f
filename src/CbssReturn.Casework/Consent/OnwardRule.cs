namespace CbssReturn.Casework.Consent;

/// <summary>Whether the recipient may pass on what it gets.</summary>
public enum OnwardRule
{
    /// <summary>Not told; counts as NO.</summary>
    Unspecified = 0,

    /// <summary>To nobody.</summary>
    No = 1,

    /// <summary>To the nodes that the grant names.</summary>
    Named = 2,

    /// <summary>To the same role in the same organisation.</summary>
    SameOrganisationRole = 3,
}
