namespace CbssReturn.Casework.Consent;

/// <summary>How it was checked that the person understood.</summary>
public enum UnderstandingCheck
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person told it back in their own words.</summary>
    TeachBack = 1,

    /// <summary>The person answered questions about it.</summary>
    QuestionsAnswered = 2,

    /// <summary>Not checked: nothing can be sent.</summary>
    NotDone = 3,
}
