using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>What the person does not want told, and to whom (docs/spec/casework.md, rule 2.13).</summary>
public sealed record Withholding : Confidential
{
    /// <summary>Rule of every text here.</summary>
    public static readonly TextRule Text = new(SensitivityClass.Personal, 80);

    /// <summary>The category that is kept back; <see cref="Category.Unspecified"/> when the topic says it.</summary>
    public Category Category { get; init; }

    /// <summary>The topic that is kept back; null when the category says it.</summary>
    public FreeText? Topic { get; init; }

    /// <summary>From which node; null for everybody, or when <see cref="OtherParty"/> says it.</summary>
    public RecipientId? Recipient { get; init; }

    /// <summary>From whom, in words; null for none.</summary>
    public FreeText? OtherParty { get; init; }

    /// <summary>Why; never required.</summary>
    public WithholdingReason Reason { get; init; }

    /// <summary>The other reason, with <see cref="WithholdingReason.Other"/> only.</summary>
    public FreeText? ReasonOther { get; init; }

    /// <summary>Says whether a grant would break this.</summary>
    internal bool Forbids(Category category, RecipientId recipient) =>
        Category == category && (Recipient is null ? OtherParty is null : Recipient == recipient);

    internal Refusal? Validate() =>
        Check.KnownOrUnset(Category, "category")
        ?? Check.OnlyWhen(Category == Category.Unspecified, Topic is not null, "topic")
        ?? Check.AllowedWhen(Recipient is null, OtherParty is not null, "other_party")
        ?? Check.KnownOrUnset(Reason, "reason")
        ?? Check.AllowedWhen(Reason == WithholdingReason.Other, ReasonOther is not null, "reason_other");
}
