namespace CbssReturn.Casework.Services;

/// <summary>Why the person does not take an offer. Never asked for.</summary>
public enum PersonDeclineReason
{
    /// <summary>Not told.</summary>
    Unspecified = 0,

    /// <summary>It does not suit the person's needs.</summary>
    NotSuitedToNeeds = 1,

    /// <summary>There is no service for men.</summary>
    NoMaleService = 2,

    /// <summary>The person wants to work.</summary>
    WantsToWork = 3,

    /// <summary>Stigma.</summary>
    Stigma = 4,

    /// <summary>Distrust.</summary>
    Distrust = 5,

    /// <summary>The person wants to go home soon.</summary>
    WantsHomeQuickly = 6,

    /// <summary>Fear of authorities.</summary>
    FearOfAuthorities = 7,

    /// <summary>The person prefers the family's help.</summary>
    PrefersFamily = 8,

    /// <summary>The person gave no reason.</summary>
    NoReason = 9,
}
