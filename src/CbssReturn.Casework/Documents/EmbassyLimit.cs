namespace CbssReturn.Casework.Documents;

/// <summary>Limits on contact with an embassy.</summary>
public enum EmbassyLimit
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Trafficking is not mentioned.</summary>
    NoMentionOfTrafficking = 1,

    /// <summary>No address is given.</summary>
    NoAddress = 2,

    /// <summary>The person does not go there.</summary>
    NoVisitInPerson = 3,

    /// <summary>Only with a lawyer present.</summary>
    LawyerPresent = 4,

    /// <summary>Only after the date named.</summary>
    OnlyAfterDate = 5,
}
