namespace CbssReturn.Casework.Services;

/// <summary>Where one service stands.</summary>
public enum ServiceStatus
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Asked for.</summary>
    Requested = 1,

    /// <summary>Offered.</summary>
    Offered = 2,

    /// <summary>The person took the offer.</summary>
    AcceptedByPerson = 3,

    /// <summary>The person did not take the offer.</summary>
    DeclinedByPerson = 4,

    /// <summary>It cannot be given.</summary>
    Unavailable = 5,

    /// <summary>It was given.</summary>
    Delivered = 6,

    /// <summary>It ended early.</summary>
    Stopped = 7,
}
