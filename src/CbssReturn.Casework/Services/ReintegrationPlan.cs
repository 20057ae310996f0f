using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Services;

/// <summary>Plan for the time after return.</summary>
public sealed record ReintegrationPlan : Confidential
{
    /// <summary>Rule of every goal and priority.</summary>
    public static readonly TextRule GoalText = new(SensitivityClass.Personal, 200);

    /// <summary>Rule of <see cref="First30Days"/>.</summary>
    public static readonly TextRule First30DaysText = new(SensitivityClass.Personal, 1000);

    /// <summary>Most goals, and most priorities.</summary>
    public const int GoalsMax = 16;

    /// <summary>Most steps.</summary>
    public const int StepsMax = 32;

    /// <summary>Goals; at most 16.</summary>
    public ValueList<FreeText> Goals { get; init; } = [];

    /// <summary>Steps; at most 32.</summary>
    public ValueList<PlanStep> Steps { get; init; } = [];

    /// <summary>The first 30 days; null when open.</summary>
    public FreeText? First30Days { get; init; }

    /// <summary>What matters most to the person, in the person's own order; at most 16.</summary>
    public ValueList<FreeText> OwnPriorities { get; init; } = [];

    /// <summary>When to look at it again; null when open.</summary>
    public DateOnly? ReviewOn { get; init; }

    /// <summary>Whether an employer or employment office may learn of the trafficking.</summary>
    public EmployerDisclosure EmployerDisclosure { get; init; }

    /// <summary>Whether an employer may learn of the trafficking: only when the person allowed it
    /// (docs/spec/casework.md, rule 8.3).</summary>
    public bool MayEmployerKnow => EmployerDisclosure == EmployerDisclosure.Allowed;

    internal Refusal? Validate() =>
        Check.Count(Goals, 0, GoalsMax, "goals")
        ?? Check.Count(Steps, 0, StepsMax, "steps")
        ?? Check.Count(OwnPriorities, 0, GoalsMax, "own_priorities");
}
