using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>How levels come about, and what may follow from them (docs/spec/casework.md, section 5).</summary>
public static class RiskRules
{
    /// <summary>How soon before departure an assessment must have been made.</summary>
    public static TimeSpan BeforeDeparture { get; } = TimeSpan.FromHours(72);

    /// <summary>Likelihood times severity as a level: 1 to 3 LOW, 4 to 6 MEDIUM, 8 and 9 HIGH, 12 and 16
    /// EXTREME.</summary>
    /// <param name="likelihood">1 to 4.</param>
    /// <param name="severity">1 to 4.</param>
    /// <returns>The level; <see cref="RiskLevel.Unspecified"/> outside the scale.</returns>
    public static RiskLevel LevelOf(uint likelihood, uint severity)
    {
        if (likelihood is < 1 or > IdentifiedRisk.ScaleMax || severity is < 1 or > IdentifiedRisk.ScaleMax)
        {
            return RiskLevel.Unspecified;
        }

        return (likelihood * severity) switch
        {
            <= 3 => RiskLevel.Low,
            <= 6 => RiskLevel.Medium,
            <= 9 => RiskLevel.High,
            _ => RiskLevel.Extreme,
        };
    }

    /// <summary>The highest level that anybody who contributed sees, for each phase.</summary>
    public static PhaseLevels Combine(IEnumerable<RiskContribution> contributions)
    {
        var contributed = contributions.Where(contribution => contribution.IsContributed).ToList();
        return PhaseLevels.From(phase =>
            contributed.Select(contribution => contribution.LevelOf(phase)).DefaultIfEmpty().Max());
    }

    /// <summary>Longest time until an assessment must be made anew.</summary>
    /// <param name="highest">Highest level of all phases.</param>
    public static TimeSpan ReassessWithin(RiskLevel highest) => highest switch
    {
        >= RiskLevel.Extreme => TimeSpan.FromHours(24),
        RiskLevel.High => TimeSpan.FromHours(72),
        RiskLevel.Medium => TimeSpan.FromDays(14),
        _ => TimeSpan.FromDays(30),
    };

    /// <summary>Says whether a recommendation lets the person travel.</summary>
    public static bool LetsTravel(RiskRecommendation recommendation) =>
        recommendation is RiskRecommendation.TravelOk or RiskRecommendation.TravelWithMeasures;

    internal static string FieldOf(JourneyPhase phase) => phase switch
    {
        JourneyPhase.BeforeDeparture => "before_departure",
        JourneyPhase.Transit => "transit",
        JourneyPhase.Arrival => "arrival",
        _ => "after_return",
    };

    internal static Refusal? Validate(RiskDetails details) =>
        Check.OnlyWhen(true, !details.AssessmentId.IsDefault, "assessment_id")
        ?? Check.Range(details.Version, 1, uint.MaxValue, "version")
        ?? (details.Supersedes >= details.Version
            ? new Refusal(RefusalCode.NumberOutOfRange, "A version takes the place of a lower one.", "supersedes")
            : null)
        ?? (details.ValidFrom < details.OpenedAt
            ? new Refusal(RefusalCode.DatesContradict, "It cannot hold before it was begun.", "valid_from")
            : null)
        ?? Check.Count(details.ReassessTriggers, 1, RiskSection.ReassessTriggersMax, "reassess_triggers")
        ?? Check.AllTold(details.ReassessTriggers, "reassess_triggers")
        ?? Check.Count(details.Contributions, 1, RiskSection.ContributionsMax, "contributions")
        ?? Check.Each(details.Contributions, "contributions", contribution => contribution.Validate())
        ?? CheckAuthors(details.Contributions)
        ?? Check.Count(details.Consensus, 0, PhaseLevels.Phases.Count, "consensus")
        ?? Check.Unique([.. details.Consensus.Select(consensus => consensus.Phase)], "consensus")
        ?? Check.Required(details.Recommendation, "recommendation")
        ?? Check.Count(details.Dissent, 0, RiskSection.DissentMax, "dissent")
        ?? Check.Each(details.Dissent, "dissent", dissent => CheckDissent(dissent, details.Contributions.Count))
        ?? Check.Inside(details.SafetyPlan, "safety_plan", plan => plan.Validate());

    internal static Refusal? CheckConsensus(RiskConsensus consensus, RiskDetails details, PhaseLevels combined)
    {
        if ((Check.Required(consensus.Phase, "phase") ?? Check.Required(consensus.Level, "level")) is { } refusal)
        {
            return refusal;
        }

        var all = Enumerable.Range(0, details.Contributions.Count)
            .Where(place => details.Contributions[place].IsContributed)
            .ToList();
        var hasPerson = all.Any(place => details.Contributions[place].Author == RiskAuthor.Person);
        var isByAll = all.Select(place => (uint)place).SequenceEqual(consensus.SignedBy.Order());
        if (!hasPerson || !isByAll)
        {
            return new Refusal(
                RefusalCode.RiskLowered,
                "A lower level needs the signature of all who contributed, the person among them.",
                "signed_by");
        }

        return consensus.Level >= combined[consensus.Phase]
            ? new Refusal(RefusalCode.FieldNotAllowed, "A consensus can only lower a level.", "level")
            : null;
    }

    internal static Refusal? CheckRecommendation(RiskRecommendation recommendation, PhaseLevels overall)
    {
        var isExtreme = overall.Arrival >= RiskLevel.Extreme || overall.AfterReturn >= RiskLevel.Extreme;
        return isExtreme && LetsTravel(recommendation)
            ? new Refusal(
                RefusalCode.RecommendationDoesNotFit,
                "With an extreme risk on arrival or after return, nobody is advised to travel.",
                "recommendation")
            : null;
    }

    private static Refusal? CheckAuthors(ValueList<RiskContribution> contributions)
    {
        if (!contributions.Any(contribution => contribution.IsContributed))
        {
            return Check.Missing("contributions");
        }

        var persons = contributions.Count(contribution => contribution.Author == RiskAuthor.Person);
        return persons > 1 ? Check.Twice("contributions") : null;
    }

    private static Refusal? CheckDissent(RiskDissent dissent, int contributions) =>
        Check.Range(dissent.Contribution, 0, contributions - 1, "contribution")
        ?? Check.Required(dissent.Phase, "phase")
        ?? Check.Required(dissent.OwnLevel, "own_level");
}
