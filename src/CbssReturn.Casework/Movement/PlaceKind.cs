namespace CbssReturn.Casework.Movement;

/// <summary>Kinds of place. The address of a shelter or a home is never told.</summary>
public enum PlaceKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Airport.</summary>
    Airport = 1,

    /// <summary>Ferry port.</summary>
    FerryPort = 2,

    /// <summary>Bus station.</summary>
    BusStation = 3,

    /// <summary>Railway station.</summary>
    RailStation = 4,

    /// <summary>Land border.</summary>
    LandBorder = 5,

    /// <summary>Public office of a provider.</summary>
    ProviderOffice = 6,

    /// <summary>Police post.</summary>
    PolicePost = 7,

    /// <summary>Another public place.</summary>
    OtherPublic = 8,

    /// <summary>A home; only as the kind of place where a journey ends.</summary>
    PrivateAddress = 9,

    /// <summary>A shelter; only as the kind of place where a journey ends.</summary>
    Shelter = 10,
}
