using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>One action against one risk in one phase.</summary>
public sealed record Countermeasure : Confidential
{
    /// <summary>Rule of <see cref="KindOther"/>.</summary>
    public static readonly TextRule KindOtherText = new(SensitivityClass.LifeSafety, 120);

    /// <summary>What.</summary>
    public CountermeasureKind Kind { get; init; }

    /// <summary>The other action, with <see cref="CountermeasureKind.Other"/> only.</summary>
    public FreeText? KindOther { get; init; }

    /// <summary>When.</summary>
    public JourneyPhase Phase { get; init; }

    /// <summary>Node that is to act; null for none.</summary>
    public RecipientId? ResponsibleNode { get; init; }

    /// <summary>Who is to act.</summary>
    public RiskAuthor Responsible { get; init; }

    /// <summary>By when, in UTC, to the second; null for no date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Where it stands.</summary>
    public CountermeasureStatus Status { get; init; }

    /// <summary>Whether the person accepts it.</summary>
    public YesNo AcceptedByPerson { get; init; }

    internal Refusal? Validate() =>
        Check.Required(Kind, "kind")
        ?? Check.OnlyWhen(Kind == CountermeasureKind.Other, KindOther is not null, "kind_other")
        ?? Check.Required(Phase, "phase")
        ?? Check.Required(Status, "status");
}
