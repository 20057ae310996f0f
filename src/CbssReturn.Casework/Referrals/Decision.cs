using CbssReturn.Casework.Common;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>The receiving provider's decision (docs/spec/casework.md, rule 10.4). To accept in part is
/// normal.</summary>
public sealed record Decision : CodedAnswer
{
    /// <summary>Most services answered.</summary>
    public const int ServicesMax = 32;

    private Decision(
        DecisionKind decided,
        ValueList<ServiceAnswer> services,
        Decline? decline,
        RecipientId? redirectTo,
        DateTimeOffset? validUntil) =>
        (Decided, Services, Decline, RedirectTo, ValidUntil) = (decided, services, decline, redirectTo, validUntil);

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Decision;

    /// <summary>Which way.</summary>
    public DecisionKind Decided { get; }

    /// <summary>Answer for each service; at most 32, each service once.</summary>
    public ValueList<ServiceAnswer> Services { get; }

    /// <summary>Why not, with <see cref="DecisionKind.Declined"/>; null otherwise.</summary>
    public Decline? Decline { get; }

    /// <summary>Whom to ask next, with <see cref="DecisionKind.Redirected"/>; null otherwise. That node has seen
    /// nothing, and gets nothing without a new grant.</summary>
    public RecipientId? RedirectTo { get; }

    /// <summary>Until when an acceptance holds, in UTC, to the second; null for no end.</summary>
    public DateTimeOffset? ValidUntil { get; }

    /// <summary>Whether it accepts, in full or in part.</summary>
    public bool IsAcceptance => Decided is DecisionKind.Accepted or DecisionKind.PartlyAccepted;

    /// <summary>Makes a decision.</summary>
    /// <returns>The decision, or a refusal: <see cref="RefusalCode.DeclineCodeMissing"/>,
    /// <see cref="RefusalCode.AnswerDoesNotFit"/>, or one about the form of a field.</returns>
    public static Result<Decision> Create(
        DecisionKind decided,
        ValueList<ServiceAnswer> services,
        Decline? decline,
        RecipientId? redirectTo,
        DateTimeOffset? validUntil)
    {
        ArgumentNullException.ThrowIfNull(services);
        var accepts = decided is DecisionKind.Accepted or DecisionKind.PartlyAccepted;
        var refusal = Check.Known(decided, "kind")
            ?? (decided == DecisionKind.Declined && decline is null ? Decline.CodeMissing("decline.code") : null)
            ?? Check.AllowedWhen(decided == DecisionKind.Declined, decline is not null, "decline")
            ?? Check.OnlyWhen(decided == DecisionKind.Redirected, redirectTo is not null, "redirect_to")
            ?? Check.OnlyWhen(decided == DecisionKind.Redirected, redirectTo is { IsDefault: false }, "redirect_to")
            ?? Check.AllowedWhen(accepts, validUntil is not null, "valid_until")
            ?? Check.AllowedWhen(accepts, services.Count > 0, "services")
            ?? Check.Count(services, 0, ServicesMax, "services")
            ?? Check.Each(services, "services", CheckService)
            ?? Check.Unique([.. services.Select(answer => answer.Service)], "services")
            ?? CheckParts(decided, services);
        return refusal is null
            ? new Decision(decided, services, decline, redirectTo, Moments.ToSeconds(validUntil))
            : refusal;
    }

    /// <summary>Says whether an acceptance still holds.</summary>
    public bool HoldsAt(DateTimeOffset now) => IsAcceptance && (ValidUntil is null || now < ValidUntil);

    private static Refusal? CheckService(ServiceAnswer answer) =>
        Check.Known(answer.Service, "service")
        ?? Check.Known(answer.Status, "status")
        ?? (answer.Status is ServiceStatus.Offered or ServiceStatus.Unavailable
            ? null
            : new Refusal(RefusalCode.AnswerDoesNotFit, "A service is offered or unavailable.", "status"));

    private static Refusal? CheckParts(DecisionKind decided, ValueList<ServiceAnswer> services)
    {
        var offered = services.Count(answer => answer.Status == ServiceStatus.Offered);
        var fits = decided switch
        {
            DecisionKind.Accepted => offered == services.Count,
            DecisionKind.PartlyAccepted => offered > 0 && offered < services.Count,
            _ => true,
        };
        return fits
            ? null
            : new Refusal(
                RefusalCode.AnswerDoesNotFit,
                "All services are offered when all is accepted; some are and some are not when a part is.",
                "services");
    }
}
