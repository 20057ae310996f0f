using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>One thing that the person agrees to share, as it is written down, before it is checked.</summary>
public sealed record GrantTerms
{
    /// <summary>The grant's id; <c>default</c> lets <see cref="ConsentRecord"/> draw one.</summary>
    public GrantId Id { get; init; }

    /// <summary>What.</summary>
    public Category Category { get; init; }

    /// <summary>With whom.</summary>
    public RecipientId Recipient { get; init; }

    /// <summary>What for.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>From when; null for when the consent was given.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when, the moment itself outside; null for the default (docs/spec/casework.md, rule 2.9).
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it may be passed on; <see cref="OnwardRule.Unspecified"/> counts as
    /// <see cref="OnwardRule.No"/>.</summary>
    public OnwardRule Onward { get; init; }

    /// <summary>With <see cref="OnwardRule.Named"/> only, and then required.</summary>
    public ValueList<RecipientId> OnwardTo { get; init; } = [];
}
