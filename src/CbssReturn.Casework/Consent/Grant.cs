using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>One thing that may be shared: a category, with one recipient, for one purpose, for a time. Only a checked
/// <see cref="ConsentRecord"/> holds one.</summary>
public sealed record Grant
{
    internal Grant(GrantTerms terms, DateTimeOffset validFrom, DateTimeOffset expiresAt)
    {
        Id = terms.Id.IsDefault ? GrantId.NewRandom() : terms.Id;
        (Category, Recipient, Purpose) = (terms.Category, terms.Recipient, terms.Purpose);
        (ValidFrom, ExpiresAt) = (validFrom, expiresAt);
        Onward = terms.Onward == OnwardRule.Unspecified ? OnwardRule.No : terms.Onward;
        OnwardTo = terms.OnwardTo;
    }

    /// <summary>Names the grant at its origin.</summary>
    public GrantId Id { get; }

    /// <summary>What.</summary>
    public Category Category { get; }

    /// <summary>With whom.</summary>
    public RecipientId Recipient { get; }

    /// <summary>What for.</summary>
    public Purpose Purpose { get; }

    /// <summary>From when, in UTC, to the second.</summary>
    public DateTimeOffset ValidFrom { get; }

    /// <summary>Until when, in UTC, to the second; the moment itself is outside.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Whether it may be passed on; never unspecified.</summary>
    public OnwardRule Onward { get; }

    /// <summary>To whom, with <see cref="OnwardRule.Named"/>; empty otherwise.</summary>
    public ValueList<RecipientId> OnwardTo { get; }
}
