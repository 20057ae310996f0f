using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Risk;

/// <summary>What a risk section says. <see cref="RiskSection.Create"/> checks it and works out what is left
/// open.</summary>
public sealed record RiskDetails : Confidential
{
    /// <summary>Names the assessment through all its versions.</summary>
    public AssessmentId AssessmentId { get; init; }

    /// <summary>Version, counted from 1.</summary>
    public uint Version { get; init; }

    /// <summary>Version that this one takes the place of; 0 for none.</summary>
    public uint Supersedes { get; init; }

    /// <summary>When the assessment was begun, in UTC, to the second.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>From when it holds, in UTC, to the second.</summary>
    public DateTimeOffset ValidFrom { get; init; }

    /// <summary>When it must be made anew, in UTC, to the second; null for the default.</summary>
    public DateTimeOffset? ReassessDue { get; init; }

    /// <summary>What makes a new one necessary before that; 1 to 16, each once.</summary>
    public ValueList<ReassessTrigger> ReassessTriggers { get; init; } = [];

    /// <summary>One for each author; 1 to 16.</summary>
    public ValueList<RiskContribution> Contributions { get; init; } = [];

    /// <summary>The level of each phase; unspecified where it is to be worked out.</summary>
    public PhaseLevels Overall { get; init; } = PhaseLevels.None;

    /// <summary>Phases for which all agreed on a lower level; at most 4, each phase once.</summary>
    public ValueList<RiskConsensus> Consensus { get; init; } = [];

    /// <summary>What it comes to.</summary>
    public RiskRecommendation Recommendation { get; init; }

    /// <summary>Where authors disagree; at most 16.</summary>
    public ValueList<RiskDissent> Dissent { get; init; } = [];

    /// <summary>The person's own plan; null when there is none.</summary>
    public SafetyPlan? SafetyPlan { get; init; }
}
