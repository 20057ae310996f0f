namespace CbssReturn.Casework.Risk;

/// <summary>Who assesses, or who is to act.</summary>
public enum RiskAuthor
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person.</summary>
    Person = 1,

    /// <summary>The sending service provider.</summary>
    ProviderSending = 2,

    /// <summary>The receiving service provider.</summary>
    ProviderReceiving = 3,

    /// <summary>Police of the sending country.</summary>
    LawEnforcementSending = 4,

    /// <summary>Police of the receiving country.</summary>
    LawEnforcementReceiving = 5,

    /// <summary>The operator of the return programme.</summary>
    ReturnProgrammeOperator = 6,

    /// <summary>A health worker.</summary>
    Health = 7,

    /// <summary>A lawyer.</summary>
    Lawyer = 8,

    /// <summary>Somebody else.</summary>
    Other = 9,
}
