namespace CbssReturn.Casework.Referrals;

/// <summary>Why a provider declines.</summary>
public enum DeclineCode
{
    /// <summary>Never sent with a decline.</summary>
    Unspecified = 0,

    /// <summary>No place free.</summary>
    NoCapacity = 1,

    /// <summary>A place later.</summary>
    WaitingList = 2,

    /// <summary>Not for this gender.</summary>
    TargetGroupGender = 3,

    /// <summary>Not for this form of exploitation.</summary>
    TargetGroupExploitation = 4,

    /// <summary>Not for this age.</summary>
    TargetGroupAge = 5,

    /// <summary>Too far away.</summary>
    OutOfArea = 6,

    /// <summary>Nobody pays.</summary>
    NoFunding = 7,

    /// <summary>Formal identification is required and missing.</summary>
    FormalIdentificationMissing = 8,

    /// <summary>No agreement with the sender.</summary>
    NoAgreementWithSender = 9,

    /// <summary>Safety cannot be assured here.</summary>
    SafetyNotAssuredHere = 10,

    /// <summary>A conflict of interest, kept from third parties.</summary>
    ConflictOfInterest = 11,

    /// <summary>No common language.</summary>
    Language = 12,

    /// <summary>Medical needs beyond means.</summary>
    MedicalBeyondMeans = 13,

    /// <summary>Something is missing to decide.</summary>
    IncompleteInformation = 14,

    /// <summary>The consent does not cover what is needed.</summary>
    ConsentInsufficient = 15,

    /// <summary>The person is or may be under 18.</summary>
    Minor = 16,

    /// <summary>The law forbids it.</summary>
    LegalBar = 17,

    /// <summary>The person said no after contact.</summary>
    PersonDeclinedAfterContact = 18,

    /// <summary>Technical reasons.</summary>
    Technical = 19,

    /// <summary>Something else.</summary>
    Other = 20,
}
