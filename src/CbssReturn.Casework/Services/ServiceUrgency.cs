namespace CbssReturn.Casework.Services;

/// <summary>How soon a service is needed.</summary>
public enum ServiceUrgency
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>On arrival.</summary>
    OnArrival = 1,

    /// <summary>Within a week.</summary>
    WithinAWeek = 2,

    /// <summary>Within a month.</summary>
    WithinAMonth = 3,

    /// <summary>Later.</summary>
    Later = 4,
}
