namespace CbssReturn.Casework.Risk;

/// <summary>What makes a new assessment necessary.</summary>
public enum ReassessTrigger
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Every contact with the person.</summary>
    EveryContact = 1,

    /// <summary>A new threat.</summary>
    NewThreat = 2,

    /// <summary>A change of date or route.</summary>
    ChangeOfDateOrRoute = 3,

    /// <summary>A change of consent.</summary>
    ConsentChange = 4,

    /// <summary>A suspect is released.</summary>
    SuspectReleased = 5,

    /// <summary>Contact with a suspect.</summary>
    ContactWithSuspect = 6,

    /// <summary>A change of health.</summary>
    HealthChange = 7,

    /// <summary>A change of documents.</summary>
    DocumentChange = 8,

    /// <summary>A change in the family.</summary>
    FamilyChange = 9,

    /// <summary>The last 72 hours before departure.</summary>
    BeforeDeparture72H = 10,
}
