using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Referrals;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Coded answers between their wire form and the domain. Control parts: unknown fields and codes are refused.
/// </summary>
public static class AnswerMapper
{
    // DateOnly counts its days from the year 1; the wire form from 1970.
    private static readonly int EpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Reads an answer and checks every rule on it alone. Whether it fits what was asked is for
    /// <see cref="ReferralMachine"/> and the answer's own <c>CheckAgainst</c>.</summary>
    /// <param name="answer">The wire form.</param>
    /// <returns>The answer, or a refusal whose field is a path in the names of the JSON form, for example
    /// <c>decision.decline.code</c>.</returns>
    public static Result<CodedAnswer> FromWire(Wire.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return WireRules.CheckControlPart(answer).Then(_ => Read(answer));
    }

    /// <summary>Writes an answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A subclass without a wire form; a fault of this
    /// program.</exception>
    public static Wire.Answer ToWire(CodedAnswer answer) => answer switch
    {
        Enquiry enquiry => new Wire.Answer { Enquiry = WriteEnquiry(enquiry) },
        EnquiryAnswer enquiryAnswer => new Wire.Answer
        {
            EnquiryAnswer = new Wire.EnquiryAnswer
            {
                Verdict = (Wire.EnquiryVerdict)enquiryAnswer.Verdict,
                DeclineCode = (Wire.DeclineCode)enquiryAnswer.DeclineCode,
                Alternatives = { enquiryAnswer.Alternatives.Select(node => node.ToString()) },
                OfferValidUntil = WireValues.Seconds(enquiryAnswer.OfferValidUntil),
            },
        },
        Acknowledgement acknowledgement => new Wire.Answer
        {
            Acknowledgement = new Wire.Acknowledgement
            {
                LeadAlias = acknowledgement.Staff.Lead.ToString(),
                DeputyAlias = acknowledgement.Staff.Deputy.ToString(),
            },
        },
        Decision decision => new Wire.Answer { Decision = WriteDecision(decision) },
        DocumentReport report => new Wire.Answer
        {
            DocumentReport = new Wire.DocumentReport
            {
                Kind = (Wire.TravelDocumentKind)report.Document,
                Status = (Wire.TravelDocumentStatus)report.Status,
                ExpiresDay = report.ExpiresOn is { } day ? (uint)(day.DayNumber - EpochDayNumber) : 0,
                Route = (Wire.DocumentRoute)report.Route,
            },
        },
        PickupAnswer pickup => new Wire.Answer
        {
            PickupAnswer = new Wire.PickupAnswer
            {
                Verdict = (Wire.PickupVerdict)pickup.Verdict,
                MovementVersion = pickup.MovementVersion,
                LeadAlias = pickup.Staff?.Lead.ToString() ?? "",
                DeputyAlias = pickup.Staff?.Deputy.ToString() ?? "",
            },
        },
        ArrivalReport arrival => new Wire.Answer
        {
            ArrivalReport = new Wire.ArrivalReport
            {
                Outcome = (Wire.ArrivalOutcome)arrival.Outcome,
                ObservedAt = WireValues.Seconds(arrival.ObservedAt),
            },
        },
        Cancellation cancellation => new Wire.Answer
        {
            Cancellation = new Wire.Cancellation { Reason = (Wire.CancelReason)cancellation.Reason },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    private static Result<CodedAnswer> Read(Wire.Answer answer) => answer.ContentCase switch
    {
        Wire.Answer.ContentOneofCase.Enquiry => Place(ReadEnquiry(answer.Enquiry), "enquiry"),
        Wire.Answer.ContentOneofCase.EnquiryAnswer =>
            Place(ReadEnquiryAnswer(answer.EnquiryAnswer), "enquiry_answer"),
        Wire.Answer.ContentOneofCase.Acknowledgement =>
            Place(ReadAcknowledgement(answer.Acknowledgement), "acknowledgement"),
        Wire.Answer.ContentOneofCase.Decision => Place(ReadDecision(answer.Decision), "decision"),
        Wire.Answer.ContentOneofCase.DocumentReport =>
            Place(ReadDocumentReport(answer.DocumentReport), "document_report"),
        Wire.Answer.ContentOneofCase.PickupAnswer => Place(ReadPickup(answer.PickupAnswer), "pickup_answer"),
        Wire.Answer.ContentOneofCase.ArrivalReport => Place(ReadArrival(answer.ArrivalReport), "arrival_report"),
        Wire.Answer.ContentOneofCase.Cancellation =>
            Place(Cancellation.Create((CancelReason)answer.Cancellation.Reason), "cancellation"),
        _ => new Refusal(RefusalCode.FieldMissing, "This holds no answer."),
    };

    private static Wire.Enquiry WriteEnquiry(Enquiry enquiry) => new()
    {
        AgeBand = (Wire.AgeBand)enquiry.AgeBand,
        Gender = (Wire.Gender)enquiry.Gender,
        ExploitationForms = { enquiry.ExploitationForms.Select(form => (Wire.ExploitationForm)form) },
        Languages = { enquiry.Languages.Select(language => language.ToString()) },
        Services = { enquiry.Services.Select(service => (Wire.ServiceKind)service) },
        ChildrenTravelling = enquiry.ChildrenTravelling,
    };

    private static Wire.Decision WriteDecision(Decision decision) => new()
    {
        Kind = (Wire.DecisionKind)decision.Decided,
        Services =
        {
            decision.Services.Select(answer => new Wire.ServiceAnswer
            {
                Service = (Wire.ServiceKind)answer.Service,
                Status = (Wire.ServiceStatus)answer.Status,
            }),
        },
        Decline = decision.Decline is { } decline
            ? new Wire.Decline
            {
                Code = (Wire.DeclineCode)decline.Code,
                Alternatives = { decline.Alternatives.Select(node => node.ToString()) },
                ReconsiderOn = WireValues.Seconds(decline.ReconsiderOn),
                WithholdReasonFromPerson = decline.WithholdReasonFromPerson,
                Missing = { decline.Missing.Select(category => (Wire.Category)category) },
            }
            : null,
        RedirectTo = decision.RedirectTo?.ToString() ?? "",
        ValidUntil = WireValues.Seconds(decision.ValidUntil),
    };

    private static Result<Enquiry> ReadEnquiry(Wire.Enquiry wire)
    {
        var reader = new FieldReader();
        var forms = reader.List<Wire.ExploitationForm, ExploitationForm>(
            wire.ExploitationForms, "exploitation_forms", form => (ExploitationForm)form);
        var languages = reader.Languages(wire.Languages, "languages");
        var services = reader.List<Wire.ServiceKind, ServiceKind>(
            wire.Services, "services", service => (ServiceKind)service);
        return reader.Finish(() => Enquiry.Create(
            (AgeBand)wire.AgeBand, (Gender)wire.Gender, forms, languages, services, wire.ChildrenTravelling));
    }

    private static Result<EnquiryAnswer> ReadEnquiryAnswer(Wire.EnquiryAnswer wire)
    {
        var reader = new FieldReader();
        var alternatives = reader.List(wire.Alternatives, "alternatives", RecipientId.Parse);
        var validUntil = reader.Moment(wire.OfferValidUntil, "offer_valid_until");
        return reader.Finish(() => EnquiryAnswer.Create(
            (EnquiryVerdict)wire.Verdict, (DeclineCode)wire.DeclineCode, alternatives, validUntil));
    }

    private static Result<Acknowledgement> ReadAcknowledgement(Wire.Acknowledgement wire)
    {
        var reader = new FieldReader();
        var staff = ReadStaff(reader, wire.LeadAlias, wire.DeputyAlias);
        return reader.Finish(() => Acknowledgement.Create(staff));
    }

    private static Result<Decision> ReadDecision(Wire.Decision wire)
    {
        var reader = new FieldReader();
        var services = reader.List<Wire.ServiceAnswer, ServiceAnswer>(
            wire.Services,
            "services",
            answer => new ServiceAnswer((ServiceKind)answer.Service, (ServiceStatus)answer.Status));
        var decline = reader.Inside(wire.Decline, "decline", ReadDecline);
        var redirectTo = reader.Node(wire.RedirectTo, "redirect_to");
        var validUntil = reader.Moment(wire.ValidUntil, "valid_until");
        return reader.Finish(() =>
            Decision.Create((DecisionKind)wire.Kind, services, decline, redirectTo, validUntil));
    }

    private static Result<Decline> ReadDecline(Wire.Decline wire)
    {
        var reader = new FieldReader();
        var alternatives = reader.List(wire.Alternatives, "alternatives", RecipientId.Parse);
        var reconsiderOn = reader.Moment(wire.ReconsiderOn, "reconsider_on");
        var missing = reader.List<Wire.Category, Category>(
            wire.Missing, "missing", category => (Category)category);
        return reader.Finish(() => Decline.Create(
            (DeclineCode)wire.Code, alternatives, reconsiderOn, wire.WithholdReasonFromPerson, missing));
    }

    private static Result<DocumentReport> ReadDocumentReport(Wire.DocumentReport wire)
    {
        var reader = new FieldReader();
        var daysMax = DateOnly.FromDateTime(Moments.Latest.UtcDateTime).DayNumber - EpochDayNumber;
        if (wire.ExpiresDay >= daysMax)
        {
            reader.Refuse(new Refusal(
                RefusalCode.NumberOutOfRange, "No day after the year 2199 is taken.", "expires_day"));
        }

        return reader.Finish(() => DocumentReport.Create(
            (TravelDocumentKind)wire.Kind,
            (TravelDocumentStatus)wire.Status,
            wire.ExpiresDay == 0 ? null : DateOnly.FromDayNumber(EpochDayNumber + (int)wire.ExpiresDay),
            (DocumentRoute)wire.Route));
    }

    private static Result<PickupAnswer> ReadPickup(Wire.PickupAnswer wire)
    {
        var reader = new FieldReader();
        var isNamed = wire.LeadAlias.Length + wire.DeputyAlias.Length > 0;
        var staff = isNamed ? ReadStaff(reader, wire.LeadAlias, wire.DeputyAlias) : null;
        return reader.Finish(() =>
            PickupAnswer.Create((PickupVerdict)wire.Verdict, wire.MovementVersion, staff));
    }

    private static Result<ArrivalReport> ReadArrival(Wire.ArrivalReport wire)
    {
        var reader = new FieldReader();
        var observedAt = reader.RequiredMoment(wire.ObservedAt, "observed_at");
        return reader.Finish(() => ArrivalReport.Create((ArrivalOutcome)wire.Outcome, observedAt));
    }

    private static StaffPair ReadStaff(FieldReader reader, string lead, string deputy) => new(
        reader.Take(StaffAlias.Parse(lead), "lead_alias"), reader.Take(StaffAlias.Parse(deputy), "deputy_alias"));

    private static Result<CodedAnswer> Place<T>(Result<T> result, string field)
        where T : CodedAnswer =>
        result.TryGet(out var answer, out var refusal) ? answer : refusal.Within(field);
}
