namespace CbssReturn.Casework.Documents;

/// <summary>Way by which a document is obtained, or travel made possible without it.</summary>
public enum DocumentRoute
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>The person's own embassy or consulate.</summary>
    Embassy = 1,

    /// <summary>Ministry to ministry.</summary>
    MfaToMfaRequest = 2,

    /// <summary>The operator's office in the country of origin.</summary>
    RpoOfficeInOrigin = 3,

    /// <summary>A lawyer with power of attorney.</summary>
    LawyerByPowerOfAttorney = 4,

    /// <summary>Another member state's mission.</summary>
    OtherMemberStateMission = 5,

    /// <summary>An alien's passport of the host country.</summary>
    HostAliensPassport = 6,

    /// <summary>Travel within the EU on an identity card.</summary>
    IdCardTravelIntraEu = 7,

    /// <summary>Stay, and extend the permit.</summary>
    StayAndExtendPermit = 8,

    /// <summary>The European travel document for return; only under a return decision.</summary>
    EuReturnDocument = 9,

    /// <summary>Through a third country.</summary>
    ThirdCountry = 10,
}
