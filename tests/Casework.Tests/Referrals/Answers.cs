using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Referrals;
using CbssReturn.Casework.Services;

namespace CbssReturn.Casework.Tests.Referrals;

/// <summary>One packet of each kind, and of each way in which it can move a referral.</summary>
internal static class Answers
{
    public static readonly StaffPair Staff = new(Samples.Staff("Lead-1"), Samples.Staff("Deputy-1"));

    public static readonly IReadOnlyList<(string Name, MessageKind Kind, CodedAnswer? Answer)> All =
    [
        ("ENQUIRY", MessageKind.Enquiry, Enquiry()),
        ("ENQUIRY_ANSWER", MessageKind.EnquiryAnswer, Expect.Value(
            EnquiryAnswer.Create(EnquiryVerdict.Can, DeclineCode.Unspecified, [], null))),
        ("REFERRAL_SUBMIT", MessageKind.ReferralSubmit, null),
        ("ACKNOWLEDGE", MessageKind.Acknowledge, Expect.Value(Acknowledgement.Create(Staff))),
        ("DECISION accepted", MessageKind.Decision, Accepted()),
        ("DECISION partly", MessageKind.Decision, Expect.Value(Decision.Create(
            DecisionKind.PartlyAccepted,
            [
                new ServiceAnswer(ServiceKind.LongTermHousing, ServiceStatus.Offered),
                new ServiceAnswer(ServiceKind.LegalAid, ServiceStatus.Unavailable),
            ],
            null,
            null,
            null))),
        ("DECISION declined", MessageKind.Decision, Expect.Value(Decision.Create(
            DecisionKind.Declined, [], Declined(DeclineCode.TargetGroupGender), null, null))),
        ("DECISION redirected", MessageKind.Decision, Expect.Value(Decision.Create(
            DecisionKind.Redirected, [], null, Samples.ShelterB, null))),
        ("DOCUMENT_REPORT", MessageKind.DocumentReport, Expect.Value(DocumentReport.Create(
            TravelDocumentKind.EmergencyPassport, TravelDocumentStatus.Issued, null, DocumentRoute.MfaToMfaRequest))),
        ("MOVEMENT_DETAILS", MessageKind.MovementDetails, null),
        ("MOVEMENT_CHANGE", MessageKind.MovementChange, null),
        ("PICKUP_ANSWER confirmed", MessageKind.PickupAnswer, Expect.Value(
            PickupAnswer.Create(PickupVerdict.Confirmed, 1, Staff))),
        ("PICKUP_ANSWER cannot", MessageKind.PickupAnswer, Expect.Value(
            PickupAnswer.Create(PickupVerdict.Cannot, 1, null))),
        ("PICKUP_ANSWER stood down", MessageKind.PickupAnswer, Expect.Value(
            PickupAnswer.Create(PickupVerdict.StoodDown, 1, null))),
        ("ARRIVAL_OUTCOME met", MessageKind.ArrivalOutcome, Arrived(ArrivalOutcome.Met)),
        ("ARRIVAL_OUTCOME no show", MessageKind.ArrivalOutcome, Arrived(ArrivalOutcome.NoShow)),
        ("CANCEL", MessageKind.Cancel, Expect.Value(Cancellation.Create(CancelReason.PersonEnded))),
    ];

    public static Enquiry Enquiry() => Expect.Value(Casework.Referrals.Enquiry.Create(
        AgeBand.From25To34, Gender.Male, [ExploitationForm.Labour], [], [ServiceKind.SafeAccommodation], 0));

    public static Decision Accepted() =>
        Expect.Value(Decision.Create(DecisionKind.Accepted, [], null, null, Samples.Now.AddDays(30)));

    public static Decline Declined(DeclineCode code) =>
        Expect.Value(Decline.Create(code, [Samples.ShelterB], null, false, []));

    public static ArrivalReport Arrived(ArrivalOutcome outcome) =>
        Expect.Value(ArrivalReport.Create(outcome, new DateTimeOffset(2026, 3, 21, 8, 40, 0, TimeSpan.Zero)));
}
