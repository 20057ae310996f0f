namespace CbssReturn.Casework.Documents;

/// <summary>Kinds of travel document.</summary>
public enum TravelDocumentKind
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Passport.</summary>
    Passport = 1,

    /// <summary>National identity card.</summary>
    NationalIdCard = 2,

    /// <summary>Emergency passport.</summary>
    EmergencyPassport = 3,

    /// <summary>Single-journey paper of the person's own consulate.</summary>
    ConsularLaissezPasser = 4,

    /// <summary>EU emergency travel document: only for an EU citizen outside the EU whose own state has no mission
    /// there.</summary>
    EuEtd = 5,

    /// <summary>European travel document for return: only under a return decision.</summary>
    EuReturnDocument = 6,

    /// <summary>Refugee travel document.</summary>
    RefugeeTravelDoc = 7,

    /// <summary>Travel document for stateless persons.</summary>
    StatelessTravelDoc = 8,

    /// <summary>Alien's passport.</summary>
    AliensPassport = 9,

    /// <summary>Residence card.</summary>
    ResidenceCard = 10,

    /// <summary>Entry visa.</summary>
    VisaEntry = 11,

    /// <summary>Transit visa.</summary>
    VisaTransit = 12,

    /// <summary>Birth certificate.</summary>
    BirthCertificate = 13,

    /// <summary>Another paper that proves who somebody is.</summary>
    OtherProof = 14,
}
