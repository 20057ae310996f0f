namespace CbssReturn.Casework.Movement;

/// <summary>Means of transport.</summary>
public enum TransportMode
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Aeroplane.</summary>
    Air = 1,

    /// <summary>Ferry.</summary>
    Ferry = 2,

    /// <summary>Bus.</summary>
    Bus = 3,

    /// <summary>Train.</summary>
    Rail = 4,

    /// <summary>Car.</summary>
    Car = 5,

    /// <summary>Another means.</summary>
    Other = 6,
}
