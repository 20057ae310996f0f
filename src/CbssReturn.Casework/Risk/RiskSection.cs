using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Risk;

/// <summary>Joint risk assessment (docs/spec/casework.md, section 5): every author visible, the highest level counts.
/// </summary>
public sealed record RiskSection : Section
{
    /// <summary>Most triggers.</summary>
    public const int ReassessTriggersMax = 16;

    /// <summary>Most contributions.</summary>
    public const int ContributionsMax = 16;

    /// <summary>Most dissents.</summary>
    public const int DissentMax = 16;

    private RiskSection(RiskDetails details, DateTimeOffset reassessDue) =>
        (Details, ReassessDue) = (details, reassessDue);

    /// <inheritdoc/>
    public override Category Category => Category.Risk;

    /// <summary>What it says; overall levels and due date are filled in.</summary>
    public RiskDetails Details { get; }

    /// <summary>When it must be made anew, in UTC, to the second.</summary>
    public DateTimeOffset ReassessDue { get; }

    /// <summary>How much it rests on.</summary>
    public RiskConfidence Confidence => Details.Contributions.Any(contribution =>
        contribution is { IsContributed: true, Author: RiskAuthor.LawEnforcementSending }
            or { IsContributed: true, Author: RiskAuthor.LawEnforcementReceiving })
        ? RiskConfidence.Full
        : RiskConfidence.Low;

    /// <summary>Whether a dissent is open, so that travel waits.</summary>
    public bool HasOpenDissent => Details.Dissent.Any(dissent => dissent.IsOpen);

    /// <summary>Makes a section.</summary>
    /// <param name="details">What it says.</param>
    /// <returns>The section, or a refusal: <see cref="RefusalCode.RiskLowered"/>,
    /// <see cref="RefusalCode.RecommendationDoesNotFit"/>, <see cref="RefusalCode.DatesContradict"/>, or one about the
    /// form of a field.</returns>
    public static Result<RiskSection> Create(RiskDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (RiskRules.Validate(details) is { } refusal)
        {
            return refusal;
        }

        var combined = RiskRules.Combine(details.Contributions);
        var no = Check.Each(
            details.Consensus, "consensus", consensus => RiskRules.CheckConsensus(consensus, details, combined));
        if (no is not null)
        {
            return no;
        }

        var overall = PhaseLevels.From(phase =>
            details.Consensus.FirstOrDefault(consensus => consensus.Phase == phase)?.Level ?? combined[phase]);
        var due = details.ValidFrom + RiskRules.ReassessWithin(overall.Highest());
        return CheckOverall(details.Overall, overall)
            ?? RiskRules.CheckRecommendation(details.Recommendation, overall)
            ?? CheckDue(details, due)
            ?? (Result<RiskSection>)new RiskSection(
                details with { Overall = overall, ReassessDue = details.ReassessDue ?? due },
                details.ReassessDue ?? due);
    }

    /// <summary>Says whether it must be made anew; then nobody travels on it.</summary>
    public bool IsOverdue(DateTimeOffset now) => now >= ReassessDue;

    /// <summary>Says whether it was made late enough to travel on, and is not overdue by then.</summary>
    /// <param name="departureAt">When the journey begins.</param>
    public bool IsCurrentFor(DateTimeOffset departureAt) =>
        departureAt - Details.ValidFrom <= RiskRules.BeforeDeparture && !IsOverdue(departureAt);

    private static Refusal? CheckOverall(PhaseLevels written, PhaseLevels overall)
    {
        foreach (var phase in PhaseLevels.Phases)
        {
            if (written[phase] != RiskLevel.Unspecified && written[phase] != overall[phase])
            {
                var field = "overall." + RiskRules.FieldOf(phase);
                return written[phase] < overall[phase]
                    ? new Refusal(
                        RefusalCode.RiskLowered, "The highest level of all who contributed counts.", field)
                    : new Refusal(
                        RefusalCode.FieldNotAllowed, "A higher level needs a contribution that says so.", field);
            }
        }

        return null;
    }

    private static Refusal? CheckDue(RiskDetails details, DateTimeOffset latest)
    {
        var isOutside = details.ReassessDue < details.ValidFrom || details.ReassessDue > latest;
        return isOutside
            ? new Refusal(
                RefusalCode.DatesContradict,
                "At this level it must be made anew sooner, and not before it holds.",
                "reassess_due")
            : null;
    }
}
