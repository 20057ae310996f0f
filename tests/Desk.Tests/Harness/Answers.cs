using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Good coded answers.</summary>
internal static class Answers
{
    public static Result<CodedAnswer> Accepted => Of(Decision.Create(DecisionKind.Accepted, [], null, null, null));

    public static Result<CodedAnswer> Acknowledged => Of(Acknowledgement.Create(Staff));

    public static Result<CodedAnswer> Cancelled => Of(Cancellation.Create(CancelReason.PersonEnded));

    public static Enquiry Question => Enquiry.Create(AgeBand.From25To34, Gender.Female, [], [], [], 0).Value;

    public static Result<CodedAnswer> Can =>
        Of(EnquiryAnswer.Create(EnquiryVerdict.Can, DeclineCode.Unspecified, [], null));

    public static StaffPair Staff => new(StaffAlias.Parse("day.1").Value, StaffAlias.Parse("day.2").Value);

    public static Result<CodedAnswer> Arrived(ArrivalOutcome outcome = ArrivalOutcome.Met) =>
        Of(ArrivalReport.Create(outcome, TestNetwork.Start));

    public static Result<CodedAnswer> Confirmed(uint version = 1) =>
        Of(PickupAnswer.Create(PickupVerdict.Confirmed, version, Staff));

    public static Result<CodedAnswer> StoodDown(uint version = 1) =>
        Of(PickupAnswer.Create(PickupVerdict.StoodDown, version, null));

    public static Result<CodedAnswer> Document(
        DocumentRoute route = DocumentRoute.Unspecified, TravelDocumentKind kind = TravelDocumentKind.Passport) =>
        Of(DocumentReport.Create(kind, TravelDocumentStatus.Applied, null, route));

    private static Result<CodedAnswer> Of<T>(Result<T> answer)
        where T : CodedAnswer => answer.Then<CodedAnswer>(made => made);
}
