using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>One author's part of an assessment: visible as such, never averaged away. That police are absent because
/// the person does not want them is as good as any other part.</summary>
public sealed record RiskContribution : Confidential
{
    /// <summary>Rule of <see cref="AuthorOther"/>.</summary>
    public static readonly TextRule AuthorOtherText = new(SensitivityClass.LifeSafety, 80);

    /// <summary>Rule of <see cref="OwnWords"/>.</summary>
    public static readonly TextRule OwnWordsText = new(SensitivityClass.LifeSafety, 2000);

    /// <summary>Most risks.</summary>
    public const int RisksMax = 32;

    /// <summary>Who.</summary>
    public RiskAuthor Author { get; init; }

    /// <summary>The other one, with <see cref="RiskAuthor.Other"/> only.</summary>
    public FreeText? AuthorOther { get; init; }

    /// <summary>Whether they took part.</summary>
    public Participation Participation { get; init; }

    /// <summary>Own words.</summary>
    public Told<FreeText> OwnWords { get; init; }

    /// <summary>Risks; at most 32.</summary>
    public ValueList<IdentifiedRisk> Risks { get; init; } = [];

    /// <summary>The author's level for each phase.</summary>
    public PhaseLevels Levels { get; init; } = PhaseLevels.None;

    /// <summary>When the author stood by it, in UTC, to the second; null for who did not take part.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>How the author stood by it; null for who did not take part.</summary>
    public Attestation? Attestation { get; init; }

    /// <summary>Whether the author took part.</summary>
    public bool IsContributed => Participation == Participation.Contributed;

    /// <summary>The author's level for a phase: what they said, or what their own risks come to.</summary>
    /// <param name="phase">The phase.</param>
    public RiskLevel LevelOf(JourneyPhase phase)
    {
        var ofRisks = Risks.Where(risk => risk.Phase == phase).Select(risk => risk.Level);
        return ofRisks.Append(Levels[phase]).Max();
    }

    internal Refusal? Validate() =>
        Check.Required(Author, "author")
        ?? Check.OnlyWhen(Author == RiskAuthor.Other, AuthorOther is not null, "author_other")
        ?? Check.Required(Participation, "participation")
        ?? Check.AllowedWhen(IsContributed, !OwnWords.IsNotAsked, "own_words")
        ?? Check.AllowedWhen(IsContributed, Risks.Count > 0, "risks")
        ?? Check.AllowedWhen(IsContributed, Levels != PhaseLevels.None, "levels")
        ?? Check.OnlyWhen(IsContributed, SignedAt is not null, "signed_at")
        ?? Check.OnlyWhen(IsContributed, Attestation is not null, "attestation")
        ?? Check.Inside(Attestation, "attestation", attestation => attestation.Validate())
        ?? Check.Count(Risks, 0, RisksMax, "risks")
        ?? Check.Each(Risks, "risks", risk => risk.Validate())
        ?? CheckLevels();

    private Refusal? CheckLevels()
    {
        foreach (var phase in PhaseLevels.Phases)
        {
            var isLowered = Levels[phase] != RiskLevel.Unspecified && Levels[phase] < LevelOf(phase);
            if (isLowered)
            {
                return new Refusal(
                    RefusalCode.RiskLowered,
                    "The author's level is lower than the author's own risks come to.",
                    "levels." + RiskRules.FieldOf(phase));
            }
        }

        return null;
    }
}
