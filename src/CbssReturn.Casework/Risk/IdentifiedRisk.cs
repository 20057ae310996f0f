using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>One risk, in one phase.</summary>
public sealed record IdentifiedRisk : Confidential
{
    /// <summary>Rule of <see cref="ThreatSourceOther"/> and <see cref="ProtectionContact"/>.</summary>
    public static readonly TextRule ShortText = new(SensitivityClass.LifeSafety, 120);

    /// <summary>Rule of <see cref="EvidenceNote"/>.</summary>
    public static readonly TextRule NoteText = new(SensitivityClass.LifeSafety, 500);

    /// <summary>Most sources of one threat.</summary>
    public const int ThreatSourcesMax = 8;

    /// <summary>Most facts known to the source.</summary>
    public const int KnownFactsMax = 16;

    /// <summary>Most countermeasures.</summary>
    public const int CountermeasuresMax = 16;

    /// <summary>Highest likelihood, and highest severity; the lowest is 1.</summary>
    public const int ScaleMax = 4;

    /// <summary>When.</summary>
    public JourneyPhase Phase { get; init; }

    /// <summary>For whom.</summary>
    public AtRisk AtRisk { get; init; }

    /// <summary>From where; 1 to 8, each once.</summary>
    public ValueList<ThreatSource> ThreatSources { get; init; } = [];

    /// <summary>The other source, with <see cref="ThreatSource.Other"/> only.</summary>
    public FreeText? ThreatSourceOther { get; init; }

    /// <summary>What the source knows or has; at most 16, each once.</summary>
    public ValueList<KnownFact> KnownFacts { get; init; } = [];

    /// <summary>How likely, 1 to 4.</summary>
    public uint Likelihood { get; init; }

    /// <summary>How bad, 1 to 4.</summary>
    public uint Severity { get; init; }

    /// <summary>What it is known from.</summary>
    public RiskEvidence Evidence { get; init; }

    /// <summary>The same in words; null for none.</summary>
    public FreeText? EvidenceNote { get; init; }

    /// <summary>Whether police protect.</summary>
    public ProtectionAvailable Protection { get; init; }

    /// <summary>Whom to ask for protection; null when not told.</summary>
    public FreeText? ProtectionContact { get; init; }

    /// <summary>What is done about it; at most 16.</summary>
    public ValueList<Countermeasure> Countermeasures { get; init; } = [];

    /// <summary>Likelihood times severity as a level.</summary>
    public RiskLevel Level => RiskRules.LevelOf(Likelihood, Severity);

    internal Refusal? Validate() =>
        Check.Required(Phase, "phase")
        ?? Check.Required(AtRisk, "at_risk")
        ?? Check.Count(ThreatSources, 1, ThreatSourcesMax, "threat_sources")
        ?? Check.AllTold(ThreatSources, "threat_sources")
        ?? Check.OnlyWhen(
            ThreatSources.Contains(ThreatSource.Other), ThreatSourceOther is not null, "threat_source_other")
        ?? Check.Count(KnownFacts, 0, KnownFactsMax, "known_facts")
        ?? Check.AllTold(KnownFacts, "known_facts")
        ?? Check.Range(Likelihood, 1, ScaleMax, "likelihood")
        ?? Check.Range(Severity, 1, ScaleMax, "severity")
        ?? Check.Required(Evidence, "evidence")
        ?? Check.Count(Countermeasures, 0, CountermeasuresMax, "countermeasures")
        ?? Check.Each(Countermeasures, "countermeasures", measure => measure.Validate());
}
