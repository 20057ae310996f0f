using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>One grant as its recipient sees it.</summary>
public sealed record ExcerptGrant
{
    /// <summary>Names the grant to this recipient.</summary>
    public GrantId Id { get; init; }

    /// <summary>What.</summary>
    public Category Category { get; init; }

    /// <summary>What for.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>From when, in UTC, to the second.</summary>
    public DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when, in UTC, to the second; the moment itself is outside.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it may be passed on.</summary>
    public OnwardRule Onward { get; init; }

    /// <summary>To whom, with <see cref="OnwardRule.Named"/>; empty otherwise.</summary>
    public ValueList<RecipientId> OnwardTo { get; init; } = [];
}
