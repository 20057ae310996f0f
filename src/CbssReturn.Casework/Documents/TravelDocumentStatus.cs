namespace CbssReturn.Casework.Documents;

/// <summary>Where a travel document is, or what became of it.</summary>
public enum TravelDocumentStatus
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person has it.</summary>
    HeldByPerson = 1,

    /// <summary>The provider keeps it.</summary>
    HeldByProvider = 2,

    /// <summary>An authority keeps it.</summary>
    HeldByAuthority = 3,

    /// <summary>It is evidence.</summary>
    HeldAsEvidence = 4,

    /// <summary>A trafficker took it.</summary>
    TakenByTrafficker = 5,

    /// <summary>Lost.</summary>
    Lost = 6,

    /// <summary>Stolen.</summary>
    Stolen = 7,

    /// <summary>Destroyed.</summary>
    Destroyed = 8,

    /// <summary>Out of date.</summary>
    Expired = 9,

    /// <summary>The person never had one.</summary>
    NeverHad = 10,

    /// <summary>A trafficker forged it.</summary>
    ForgedByTrafficker = 11,

    /// <summary>Applied for.</summary>
    Applied = 12,

    /// <summary>Issued.</summary>
    Issued = 13,

    /// <summary>Refused by the authority.</summary>
    Refused = 14,
}
