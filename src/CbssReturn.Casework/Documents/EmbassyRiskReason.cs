namespace CbssReturn.Casework.Documents;

/// <summary>Why contact with an embassy is dangerous.</summary>
public enum EmbassyRiskReason
{
    /// <summary>Not told; no reason is needed.</summary>
    Unspecified = 0,

    /// <summary>An official has links to the network.</summary>
    OfficialLinkToNetwork = 1,

    /// <summary>It demands that the person travels home first.</summary>
    RequiresTravelHome = 2,

    /// <summary>Registration reveals the address.</summary>
    RegistrationRevealsAddress = 3,

    /// <summary>Asylum is sought: contact is always forbidden.</summary>
    Asylum = 4,

    /// <summary>The state persecutes the person.</summary>
    StatePersecution = 5,

    /// <summary>Another reason.</summary>
    Other = 6,
}
