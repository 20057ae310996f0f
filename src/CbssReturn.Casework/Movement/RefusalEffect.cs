namespace CbssReturn.Casework.Movement;

/// <summary>What was done because the person does not want to be met.</summary>
public enum RefusalEffect
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>The person has a list of contacts.</summary>
    ContactListGiven = 1,

    /// <summary>The person has a safety plan.</summary>
    SafetyPlanGiven = 2,

    /// <summary>A call was agreed.</summary>
    CallAgreed = 3,

    /// <summary>The receiving side was told not to come.</summary>
    ReceiverStoodDown = 4,

    /// <summary>Nobody waits in secret.</summary>
    NoOneWaitsSecretly = 5,
}
