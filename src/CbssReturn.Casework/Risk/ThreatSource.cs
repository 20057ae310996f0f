namespace CbssReturn.Casework.Risk;

/// <summary>Where a threat comes from.</summary>
public enum ThreatSource
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The traffickers' network.</summary>
    TraffickerNetwork = 1,

    /// <summary>A recruiter in the home area.</summary>
    RecruiterHomeArea = 2,

    /// <summary>An employer or agency.</summary>
    EmployerOrAgency = 3,

    /// <summary>Somebody to whom money is owed.</summary>
    CreditorDebt = 4,

    /// <summary>A family member.</summary>
    FamilyMember = 5,

    /// <summary>A partner.</summary>
    IntimatePartner = 6,

    /// <summary>Stigma in the community.</summary>
    CommunityStigma = 7,

    /// <summary>A defendant or associates.</summary>
    DefendantOrAssociate = 8,

    /// <summary>A corrupt official.</summary>
    StateOfficialCorrupt = 9,

    /// <summary>An embassy that tells.</summary>
    EmbassyDisclosure = 10,

    /// <summary>Prosecution for acts while trafficked.</summary>
    ProsecutionOfPerson = 11,

    /// <summary>Detention for lack of papers.</summary>
    ImmigrationDetention = 12,

    /// <summary>Harm to oneself.</summary>
    SelfHarm = 13,

    /// <summary>Ill health.</summary>
    Health = 14,

    /// <summary>Homelessness or poverty.</summary>
    HomelessnessPoverty = 15,

    /// <summary>Tracking through devices or accounts.</summary>
    DigitalTracking = 16,

    /// <summary>The media.</summary>
    Media = 17,

    /// <summary>Armed conflict in the country.</summary>
    ConflictInCountry = 18,

    /// <summary>Another source.</summary>
    Other = 19,
}
