using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Where a referral goes from here: pure functions over its state, without a clock and without memory
/// (docs/spec/casework.md, section 9).</summary>
/// <remarks>Packets of both ends cross on the way. What an end receives is therefore judged more mildly than what it
/// sends: an answer that crossed with a cancellation changes nothing, but is no error.</remarks>
public static class ReferralMachine
{
    /// <summary>Says whether a packet of this kind may be the first of a conversation. A cancellation may, because it
    /// acts whatever is still missing before it.</summary>
    public static bool MayOpen(MessageKind kind) =>
        kind is MessageKind.Enquiry or MessageKind.ReferralSubmit or MessageKind.Cancel;

    /// <summary>Says whether an end may send a kind at all.</summary>
    public static bool MaySend(ConversationRole role, MessageKind kind) => kind switch
    {
        MessageKind.Enquiry or MessageKind.ReferralSubmit or MessageKind.MovementDetails
            or MessageKind.MovementChange or MessageKind.Cancel => role == ConversationRole.Origin,
        MessageKind.EnquiryAnswer or MessageKind.Acknowledge or MessageKind.Decision
            or MessageKind.PickupAnswer => role == ConversationRole.Receiver,
        // Either end may obtain a document, and the person may call either on arrival.
        MessageKind.DocumentReport or MessageKind.ArrivalOutcome =>
            role is ConversationRole.Origin or ConversationRole.Receiver,
        _ => false,
    };

    /// <summary>Says whether an end may send a packet now, and where that leads.</summary>
    /// <param name="state">Where this end stands.</param>
    /// <param name="role">Which end this is.</param>
    /// <param name="kind">What is to be sent.</param>
    /// <param name="answer">The coded answer; null for kinds that carry none.</param>
    /// <returns>The next state, or a refusal: <see cref="RefusalCode.StateForbids"/>,
    /// <see cref="RefusalCode.MovementBeforeAcceptance"/>, <see cref="RefusalCode.AnswerDoesNotFit"/>.</returns>
    public static Result<ReferralState> OnSent(
        ReferralState state, ConversationRole role, MessageKind kind, CodedAnswer? answer)
    {
        if (!MaySend(role, kind))
        {
            return StateForbids();
        }

        return AnswerFits(kind, answer) ? NextWhenSent(state, kind, answer) : DoesNotFit();
    }

    /// <summary>Says whether an end may take in a packet now, and where that leads.</summary>
    /// <param name="state">Where this end stands; <see cref="ReferralState.Draft"/> for a conversation that is new
    /// here. </param>
    /// <param name="role">Which end this is.</param>
    /// <param name="kind">What was received.</param>
    /// <param name="answer">The coded answer; null for kinds that carry none.</param>
    /// <returns>The next state, or a refusal as from <see cref="OnSent"/>.</returns>
    public static Result<ReferralState> OnReceived(
        ReferralState state, ConversationRole role, MessageKind kind, CodedAnswer? answer)
    {
        var peer = role switch
        {
            ConversationRole.Origin => ConversationRole.Receiver,
            ConversationRole.Receiver => ConversationRole.Origin,
            _ => ConversationRole.Unspecified,
        };
        if (!MaySend(peer, kind))
        {
            return StateForbids();
        }

        return AnswerFits(kind, answer) ? NextWhenReceived(state, role, kind, answer) : DoesNotFit();
    }

    /// <summary>The peer's node signed for a packet.</summary>
    public static ReferralState OnDelivered(ReferralState state, MessageKind kind) =>
        state is ReferralState.Submitted or ReferralState.Undelivered && kind == MessageKind.ReferralSubmit
            ? ReferralState.Delivered
            : state == ReferralState.Undelivered && kind == MessageKind.Enquiry ? ReferralState.EnquirySent : state;

    /// <summary>A packet could not be delivered in time (<see cref="Deadlines.DeliverWithin"/>).</summary>
    public static ReferralState OnUndelivered(ReferralState state, MessageKind kind) =>
        IsFirstOnItsWay(state, kind) ? ReferralState.Undelivered : state;

    /// <summary>The peer's node refused a packet, or holds another under its id.</summary>
    public static ReferralState OnRefused(ReferralState state, MessageKind kind) =>
        IsFirstOnItsWay(state, kind) ? ReferralState.Refused : state;

    /// <summary>Somebody has an undelivered packet tried again.</summary>
    public static ReferralState OnRetried(ReferralState state, MessageKind kind) => (state, kind) switch
    {
        (ReferralState.Undelivered, MessageKind.ReferralSubmit) => ReferralState.Submitted,
        (ReferralState.Undelivered, MessageKind.Enquiry) => ReferralState.EnquirySent,
        _ => state,
    };

    /// <summary>A packet was taken back before it left.</summary>
    public static ReferralState OnTakenBack(ReferralState state, MessageKind kind) =>
        IsFirstOnItsWay(state, kind)
        || (state == ReferralState.Undelivered && kind is MessageKind.ReferralSubmit or MessageKind.Enquiry)
            ? ReferralState.Draft
            : state;

    private static bool IsFirstOnItsWay(ReferralState state, MessageKind kind) => (state, kind) is
        (ReferralState.Submitted, MessageKind.ReferralSubmit) or (ReferralState.EnquirySent, MessageKind.Enquiry);

    private static Result<ReferralState> NextWhenSent(ReferralState state, MessageKind kind, CodedAnswer? answer) =>
        kind switch
        {
            MessageKind.Enquiry when state == ReferralState.Draft => ReferralState.EnquirySent,
            MessageKind.EnquiryAnswer when state == ReferralState.EnquirySent => ReferralState.EnquiryAnswered,
            MessageKind.ReferralSubmit when state is ReferralState.Draft or ReferralState.EnquiryAnswered =>
                ReferralState.Submitted,
            MessageKind.ReferralSubmit when IsOpen(state) => state, // a newer version of a section
            MessageKind.Acknowledge when state == ReferralState.Delivered => ReferralState.Acknowledged,
            MessageKind.Decision when state is ReferralState.Delivered or ReferralState.Acknowledged =>
                Decided((Decision)answer!), // AnswerFits saw to its type
            MessageKind.DocumentReport when IsOpen(state) && state != ReferralState.Submitted => state,
            MessageKind.MovementDetails when IsAccepted(state) => ReferralState.MovementSent,
            MessageKind.MovementDetails or MessageKind.MovementChange when !IsOnTheWay(state) && !IsOver(state) =>
                BeforeAcceptance(),
            MessageKind.MovementChange when IsOnTheWay(state) => ReferralState.MovementSent,
            MessageKind.PickupAnswer when IsOnTheWay(state) => Answered((PickupAnswer)answer!),
            MessageKind.ArrivalOutcome when IsOnTheWay(state) => Reported(state, (ArrivalReport)answer!),
            MessageKind.Cancel when state != ReferralState.Draft && !IsOver(state) => ReferralState.Cancelled,
            _ => StateForbids(),
        };

    private static Result<ReferralState> NextWhenReceived(
        ReferralState state, ConversationRole role, MessageKind kind, CodedAnswer? answer)
    {
        var isOrigin = role == ConversationRole.Origin;
        return kind switch
        {
            // Whatever is missing before it, a cancellation acts on arrival; twice is as good as once. Who has arrived
            // has arrived.
            MessageKind.Cancel => state == ReferralState.Arrived ? state : ReferralState.Cancelled,
            MessageKind.ReferralSubmit when state is ReferralState.Draft or ReferralState.EnquirySent
                or ReferralState.EnquiryAnswered => ReferralState.Delivered,
            // An answer proves delivery, also when the receipt is still on its way or was given up.
            MessageKind.EnquiryAnswer when isOrigin && state == ReferralState.Undelivered =>
                ReferralState.EnquiryAnswered,
            MessageKind.Acknowledge when isOrigin && IsDelivering(state) => ReferralState.Acknowledged,
            MessageKind.Decision when isOrigin && IsDelivering(state) => Decided((Decision)answer!),
            MessageKind.DocumentReport when isOrigin && IsDelivering(state) => state,
            // A newer plan may overtake the first one; this end knows that it accepted.
            MessageKind.MovementChange when IsAccepted(state) => ReferralState.MovementSent,
            // These crossed with an end of the matter: kept, and nothing changes.
            MessageKind.EnquiryAnswer or MessageKind.Acknowledge or MessageKind.Decision or MessageKind.DocumentReport
                or MessageKind.PickupAnswer or MessageKind.ArrivalOutcome
                when state is ReferralState.Cancelled or ReferralState.Arrived => state,
            MessageKind.MovementChange when state == ReferralState.Arrived => state,
            _ => NextWhenSent(state, kind, answer),
        };
    }

    private static bool AnswerFits(MessageKind kind, CodedAnswer? answer) => kind switch
    {
        MessageKind.ReferralSubmit or MessageKind.MovementDetails or MessageKind.MovementChange => answer is null,
        _ => answer?.Kind == kind,
    };

    private static ReferralState Decided(Decision decision) => decision.Decided switch
    {
        DecisionKind.Accepted => ReferralState.Accepted,
        DecisionKind.PartlyAccepted => ReferralState.PartlyAccepted,
        DecisionKind.Redirected => ReferralState.Redirected,
        _ => ReferralState.Declined,
    };

    // CANNOT leaves the plan unanswered: the origin must change it.
    private static ReferralState Answered(PickupAnswer answer) => answer.Verdict switch
    {
        PickupVerdict.Confirmed => ReferralState.PickupConfirmed,
        PickupVerdict.StoodDown => ReferralState.PickupStoodDown,
        _ => ReferralState.MovementSent,
    };

    // A person who was not seen is still on the way, and the matter open.
    private static ReferralState Reported(ReferralState state, ArrivalReport report) =>
        report.IsArrival ? ReferralState.Arrived : state;

    private static bool IsDelivering(ReferralState state) =>
        state is ReferralState.Submitted or ReferralState.Undelivered or ReferralState.Delivered;

    private static bool IsAccepted(ReferralState state) =>
        state is ReferralState.Accepted or ReferralState.PartlyAccepted;

    private static bool IsOnTheWay(ReferralState state) =>
        state is ReferralState.MovementSent or ReferralState.PickupConfirmed or ReferralState.PickupStoodDown;

    private static bool IsOpen(ReferralState state) =>
        state is ReferralState.Submitted or ReferralState.Delivered or ReferralState.Acknowledged
        || IsAccepted(state) || IsOnTheWay(state);

    private static bool IsOver(ReferralState state) =>
        state is ReferralState.Arrived or ReferralState.Cancelled or ReferralState.Refused;

    private static Refusal StateForbids() =>
        new(RefusalCode.StateForbids, "The state of the referral does not allow this.");

    private static Refusal BeforeAcceptance() =>
        new(RefusalCode.MovementBeforeAcceptance, "Place and time of travel go only to a recipient that has accepted.");

    private static Refusal DoesNotFit() =>
        new(RefusalCode.AnswerDoesNotFit, "The answer does not fit the kind of packet.");
}
