namespace CbssReturn.Casework.Risk;

/// <summary>What the source of a threat knows or has.</summary>
public enum KnownFact
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The home address.</summary>
    HomeAddress = 1,

    /// <summary>The family.</summary>
    Family = 2,

    /// <summary>The phone number.</summary>
    Phone = 3,

    /// <summary>The travel plan.</summary>
    TravelPlan = 4,

    /// <summary>The shelter.</summary>
    Shelter = 5,

    /// <summary>What the person looks like.</summary>
    Appearance = 6,

    /// <summary>It holds the person's documents.</summary>
    HasDocuments = 7,

    /// <summary>It holds images of the person.</summary>
    HasImages = 8,
}
