namespace CbssReturn.Casework.Consent;

/// <summary>Who gave the consent.</summary>
public enum ConsentGiver
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person.</summary>
    Person = 1,

    /// <summary>A guardian, for somebody who lacks capacity.</summary>
    Guardian = 2,

    /// <summary>A legal representative, for somebody who lacks capacity.</summary>
    LegalRepresentative = 3,

    /// <summary>The person, with support of their choice.</summary>
    PersonWithSupport = 4,
}
