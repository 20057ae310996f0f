namespace CbssReturn.Casework.Identity;

/// <summary>Who holds a paper.</summary>
public enum EvidenceHolder
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>The person.</summary>
    Person = 1,

    /// <summary>The service provider.</summary>
    Provider = 2,

    /// <summary>An authority.</summary>
    Authority = 3,

    /// <summary>Somebody else.</summary>
    Other = 4,
}
