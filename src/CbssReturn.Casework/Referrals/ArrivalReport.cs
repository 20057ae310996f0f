using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>How the arrival went (docs/spec/casework.md, rule 10.8).</summary>
public sealed record ArrivalReport : CodedAnswer
{
    private ArrivalReport(ArrivalOutcome outcome, DateTimeOffset observedAt) =>
        (Outcome, ObservedAt) = (outcome, observedAt);

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.ArrivalOutcome;

    /// <summary>How it went.</summary>
    public ArrivalOutcome Outcome { get; }

    /// <summary>When, in UTC, to the minute.</summary>
    public DateTimeOffset ObservedAt { get; }

    /// <summary>Whether the journey is over and nobody needs to be looked for.</summary>
    public bool IsArrival => Outcome is ArrivalOutcome.Met or ArrivalOutcome.MetLate
        or ArrivalOutcome.PickupRefusedOnSpot or ArrivalOutcome.ArrivedCalledAsAgreed;

    /// <summary>Makes a report.</summary>
    /// <param name="outcome">How it went.</param>
    /// <param name="observedAt">When, to the minute: a finer time says more than it needs to.</param>
    /// <returns>The report, or a refusal about the form of a field.</returns>
    public static Result<ArrivalReport> Create(ArrivalOutcome outcome, DateTimeOffset observedAt)
    {
        var refusal = Check.Known(outcome, "outcome")
            ?? (observedAt.Ticks % TimeSpan.TicksPerMinute != 0
                ? new Refusal(RefusalCode.FieldMalformed, "The time is given to the minute.", "observed_at")
                : null);
        return refusal is null ? new ArrivalReport(outcome, observedAt.ToUniversalTime()) : refusal;
    }

    /// <summary>Checks the report against what the person wanted.</summary>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.AnswerDoesNotFit"/>: nobody is met who did not want it,
    /// and who is to be met does not merely call.</returns>
    public Result<Done> CheckAgainst(PickupChoice choice)
    {
        var wantsNobody = choice is PickupChoice.Refused or PickupChoice.ContactOnly;
        var needsSomebody = Outcome is ArrivalOutcome.Met or ArrivalOutcome.MetLate
            or ArrivalOutcome.PickupRefusedOnSpot;
        var fits = wantsNobody ? !needsSomebody : Outcome != ArrivalOutcome.ArrivedCalledAsAgreed;
        return fits
            ? Done.Instance
            : new Refusal(
                RefusalCode.AnswerDoesNotFit, "This outcome does not go with what the person wanted.", "outcome");
    }
}
