namespace CbssReturn.Casework.Referrals;

/// <summary>Verdict on an enquiry.</summary>
public enum EnquiryVerdict
{
    /// <summary>Never sent.</summary>
    Unspecified = 0,

    /// <summary>There is room.</summary>
    Can = 1,

    /// <summary>There is none here.</summary>
    Cannot = 2,

    /// <summary>Try one of the alternatives.</summary>
    TryOther = 3,
}
