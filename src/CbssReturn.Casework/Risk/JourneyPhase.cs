namespace CbssReturn.Casework.Risk;

/// <summary>When, in the course of a return.</summary>
public enum JourneyPhase
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Before departure.</summary>
    BeforeDeparture = 1,

    /// <summary>On the way.</summary>
    Transit = 2,

    /// <summary>On arrival.</summary>
    Arrival = 3,

    /// <summary>After the return.</summary>
    AfterReturn = 4,
}
