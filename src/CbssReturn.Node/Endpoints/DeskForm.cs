using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Packet = CbssReturn.Contracts.Packet.V1;
using WireDesk = CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Node.Endpoints;

/// <summary>Reads what came over the desk's socket into checked types, once, and writes plain values back.</summary>
internal static class DeskForm
{
    private const int SectionsMax = 16;

    public static Result<RowId> Id(string text, string field) =>
        RowId.Parse(text).TryGet(out var id, out var refusal) ? id : refusal.Within(field);

    /// <summary>An id that may be left out: empty gives null.</summary>
    public static Result<OptionalId> OptionalId(string text, string field) =>
        text.Length == 0 ? default(OptionalId) : Id(text, field).Then<OptionalId>(id => new OptionalId(id));

    public static Result<ConsentTerms> Terms(Packet.ConsentRecord? consent)
    {
        if (consent is null)
        {
            return Missing("consent");
        }

        return ConsentMapper.TermsFromWire(consent).TryGet(out var terms, out var refusal)
            ? terms
            : refusal.Within("consent");
    }

    public static Result<CodedAnswer> Answer(Packet.Answer? answer)
    {
        if (answer is null)
        {
            return Missing("answer");
        }

        return AnswerMapper.FromWire(answer).TryGet(out var read, out var refusal) ? read : refusal.Within("answer");
    }

    public static Result<RecordedSection> Section(
        Packet.Section section, DateTimeOffset now, string field = "section") =>
        SectionMapper.FromWire(section, now, SectionSource.Written).TryGet(out var read, out var refusal)
            // Written anew, so that what the domain works out, such as overall levels, stands in what is sent.
            ? new RecordedSection(read, SectionMapper.ToWire(read).ToByteArray())
            : refusal.Within(field);

    public static Result<ReferralDraft> Draft(WireDesk.ReferralDraft? draft, DateTimeOffset now)
    {
        if (draft is null)
        {
            return Missing("draft");
        }

        if (!OptionalId(draft.CaseId, "draft.case_id").TryGet(out var caseId, out var refusal)
            || !Recipient(draft.Recipient).TryGet(out var recipient, out refusal)
            || !Country(draft.FromCountry, "draft.from_country").TryGet(out var from, out refusal)
            || !Country(draft.ToCountry, "draft.to_country").TryGet(out var to, out refusal)
            || !Known((Priority)draft.Priority, "draft.priority").TryGet(out var priority, out refusal)
            || !Known((DisclosureStage)draft.Stage, "draft.stage").TryGet(out var stage, out refusal)
            || !Enquiry(draft.Enquiry).TryGet(out var enquiry, out refusal)
            || !Sections(draft.Sections, now).TryGet(out var sections, out refusal)
            || !Choices(draft.Choices).TryGet(out var choices, out refusal))
        {
            return refusal;
        }

        return new ReferralDraft
        {
            CaseId = caseId.Value,
            Recipient = recipient,
            Stage = stage,
            Priority = priority,
            FromCountry = from.Value,
            ToCountry = to.Value,
            Enquiry = enquiry.Value,
            Sections = sections,
            Choices = choices,
        };
    }

    public static ulong Seconds(DateTimeOffset? moment) => moment is { } at ? (ulong)at.ToUnixTimeSeconds() : 0;

    public static string CodeText(RefusalCode? code) =>
        code is { } known ? FormattableString.Invariant($"CB-{(int)known:D4}") : string.Empty;

    /// <summary>PARTLY_ACCEPTED for PartlyAccepted.</summary>
    public static string StateText(ReferralState state) => string.Concat(state.ToString().Select((letter, index) =>
        char.IsUpper(letter) && index > 0 ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private static Result<NodeId> Recipient(string text) => NodeId.Parse(text).TryGet(out var id, out var refusal)
        ? id
        : refusal.Within("draft.recipient");

    private static Result<Optional<CountryCode>> Country(string text, string field)
    {
        if (text.Length == 0)
        {
            return default(Optional<CountryCode>);
        }

        return CountryCode.Parse(text).TryGet(out var country, out var refusal)
            ? new Optional<CountryCode>(country)
            : refusal.Within(field);
    }

    private static Result<T> Known<T>(T code, string field)
        where T : struct, Enum =>
        Enum.IsDefined(code) && !code.Equals(default(T))
            ? code
            : new Refusal(RefusalCode.CodeUnknown, "This list has no such code, or none was given.", field);

    private static Result<Optional<Enquiry>> Enquiry(Packet.Enquiry? enquiry)
    {
        if (enquiry is null)
        {
            return default(Optional<Enquiry>);
        }

        return AnswerMapper.FromWire(new Packet.Answer { Enquiry = enquiry }).TryGet(out var read, out var refusal)
            ? new Optional<Enquiry>((Enquiry)read)
            : refusal.Within("draft");
    }

    private static Result<List<RecordedSection>> Sections(RepeatedField<Packet.Section> sections, DateTimeOffset now)
    {
        if (sections.Count > SectionsMax)
        {
            return new Refusal(RefusalCode.TooMany, $"A case has at most {SectionsMax} sections.", "draft.sections");
        }

        var read = new List<RecordedSection>();
        for (var index = 0; index < sections.Count; index++)
        {
            if (!Section(sections[index], now, $"draft.sections[{index}]").TryGet(out var section, out var refusal))
            {
                return refusal;
            }

            read.Add(section);
        }

        return read;
    }

    private static Result<List<Exchange.Records.SectionChoice>> Choices(RepeatedField<WireDesk.SectionChoice> choices)
    {
        if (choices.Count > SectionsMax)
        {
            return new Refusal(RefusalCode.TooMany, "More sections are chosen than there are.", "draft.choices");
        }

        var read = new List<Exchange.Records.SectionChoice>();
        for (var index = 0; index < choices.Count; index++)
        {
            var field = $"draft.choices[{index}]";
            if (!Known((Category)choices[index].Category, $"{field}.category").TryGet(out var category, out var refusal)
                || !Known((Purpose)choices[index].Purpose, $"{field}.purpose").TryGet(out var purpose, out refusal))
            {
                return refusal;
            }

            read.Add(new Exchange.Records.SectionChoice(category, purpose));
        }

        return read;
    }

    private static Refusal Missing(string field) => new(RefusalCode.FieldMissing, "This is required.", field);

    private readonly record struct Optional<T>(T? Value)
        where T : class;
}
