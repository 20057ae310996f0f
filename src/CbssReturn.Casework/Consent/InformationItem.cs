namespace CbssReturn.Casework.Consent;

/// <summary>What the person was told before they agreed.</summary>
public enum InformationItem
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>What it is for.</summary>
    Purpose = 1,

    /// <summary>Who gets it.</summary>
    Recipients = 2,

    /// <summary>What is shared.</summary>
    DataList = 3,

    /// <summary>What may happen when it is shared.</summary>
    RisksOfSharing = 4,

    /// <summary>What may happen when it is not.</summary>
    RisksOfNotSharing = 5,

    /// <summary>That one may say no.</summary>
    RightToRefuse = 6,

    /// <summary>That a no costs no service.</summary>
    NoLossOfService = 7,

    /// <summary>How to take it back.</summary>
    WithdrawalHow = 8,

    /// <summary>What must be reported to the police whatever is agreed.</summary>
    LimitsOfConfidentiality = 9,

    /// <summary>How long it is kept.</summary>
    Retention = 10,

    /// <summary>What it means that a recipient is outside the EU and EEA.</summary>
    ThirdCountryRisk = 11,
}
