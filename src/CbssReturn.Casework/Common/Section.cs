namespace CbssReturn.Casework.Common;

/// <summary>One section: the unit of consent, of sealing and of erasure. Exactly one subclass for each category that
/// travels; each is checked when it is made and cannot change.</summary>
public abstract record Section : Confidential
{
    private protected Section()
    {
    }

    /// <summary>The data category, which is also the unit of consent.</summary>
    public abstract Category Category { get; }
}
