namespace CbssReturn.Casework.Risk;

/// <summary>Whether an author took part.</summary>
public enum Participation
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>Took part.</summary>
    Contributed = 1,

    /// <summary>Was asked and has not answered.</summary>
    InvitedNoAnswer = 2,

    /// <summary>Was asked and said no.</summary>
    Declined = 3,

    /// <summary>Was not asked because the person does not want it; no reason is needed.</summary>
    NotInvitedByWishOfPerson = 4,

    /// <summary>Cannot be reached or does not exist.</summary>
    NotAvailable = 5,
}
