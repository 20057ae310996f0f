using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange;

/// <summary>Maps the manifest (docs/spec/referral-packet.md, section 5). Strict: one spelling, known codes
/// only.</summary>
internal static class ManifestMapper
{
    public static Wire.Manifest ToWire(PacketHeading heading) => new()
    {
        Format = PacketWriter.ManifestFormat,
        Kind = (Wire.MessageKind)heading.Kind,
        Stage = (Wire.DisclosureStage)heading.Stage,
        ConversationId = ByteString.CopyFrom(heading.Conversation.ToArray()),
        Sequence = heading.Sequence,
        MessageId = ByteString.CopyFrom(heading.Message.ToArray()),
        Priority = (Wire.Priority)heading.Priority,
        RespondBy = PosixSeconds.From(heading.RespondBy),
        CaseAlias = heading.Alias.ToString(),
        RetentionUntil = PosixSeconds.From(heading.RetentionUntil),
        FromCountry = heading.FromCountry?.ToString() ?? string.Empty,
        ToCountry = heading.ToCountry?.ToString() ?? string.Empty,
    };

    public static Wire.SectionEntry ToWire(SectionEntry entry) => new()
    {
        Category = (Wire.Category)entry.Category,
        Purpose = (Wire.Purpose)entry.Purpose,
        Version = entry.Version,
        ExpiresAt = PosixSeconds.From(entry.ExpiresAt),
        Digest = ByteString.CopyFrom(entry.Digest.ToArray()),
    };

    public static Result<SectionEntry> EntryFromWire(Wire.SectionEntry wire)
    {
        if (!Enum.IsDefined((Category)wire.Category) || wire.Category == Wire.Category.Unspecified
            || !Enum.IsDefined((Purpose)wire.Purpose) || wire.Purpose == Wire.Purpose.Unspecified)
        {
            return Broken("A section's line has an unknown category or purpose.");
        }

        if (wire.Version == 0 || wire.Digest.Length != Digest.SizeBytes
            || PosixSeconds.Parse(wire.ExpiresAt) is not { } expiresAt)
        {
            return Broken("A section's line lacks its version, digest or end.");
        }

        return new SectionEntry(
            (Category)wire.Category,
            (Purpose)wire.Purpose,
            wire.Version,
            expiresAt,
            Digest.FromBytes(wire.Digest.Span));
    }

    public static Result<PacketHeading> HeadingFromWire(Wire.Manifest wire)
    {
        if (wire.Format != PacketWriter.ManifestFormat)
        {
            return new Refusal(RefusalCode.ManifestInvalid, "The manifest has a format that is not known.");
        }

        if (!IsKnown((MessageKind)wire.Kind)
            || !IsKnown((DisclosureStage)wire.Stage)
            || !IsKnown((Priority)wire.Priority))
        {
            return Broken("The manifest lacks a kind, stage or priority that is known.");
        }

        // The lowest free number is used, so none is higher than a conversation may hold packets.
        if (wire.Sequence is 0 or > ConversationFile.PacketsMax
            || !PosixSeconds.IsMomentOrNone(wire.RespondBy)
            || !PosixSeconds.IsMomentOrNone(wire.RetentionUntil))
        {
            return Broken("The manifest has a number or moment that nobody can reach.");
        }

        if (!ConversationId.FromBytes(wire.ConversationId.Span).TryGet(out var conversation, out var refusal)
            || !MessageId.FromBytes(wire.MessageId.Span).TryGet(out var message, out refusal)
            || !CaseAlias.Parse(wire.CaseAlias).TryGet(out var alias, out refusal)
            || !Country(wire.FromCountry).TryGet(out var from, out refusal)
            || !Country(wire.ToCountry).TryGet(out var to, out refusal))
        {
            return Broken("The manifest has an id, alias or country out of form.", refusal.CodeText);
        }

        return new PacketHeading
        {
            Kind = (MessageKind)wire.Kind,
            Stage = (DisclosureStage)wire.Stage,
            Conversation = conversation,
            Sequence = wire.Sequence,
            Message = message,
            Priority = (Priority)wire.Priority,
            RespondBy = PosixSeconds.Parse(wire.RespondBy),
            Alias = alias,
            RetentionUntil = PosixSeconds.Parse(wire.RetentionUntil),
            FromCountry = from.Value,
            ToCountry = to.Value,
        };
    }

    public static Result<PartTable> TableFromWire(Wire.Manifest wire, int partCount)
    {
        if (wire.Parts.Count != partCount)
        {
            return Broken("The table of parts does not name every part once.");
        }

        int? excerpt = null, answer = null;
        var sections = new List<ReceivedSection>();
        var dummies = new List<int>();
        for (var index = 0; index < partCount; index++)
        {
            var line = wire.Parts[index];
            var isManifest = line.Control == Wire.ControlKind.Manifest
                && line.ContentCase == Wire.PartEntry.ContentOneofCase.Control;
            if (line.Index != index || isManifest != (index == 0))
            {
                return Broken("The table of parts is out of order.");
            }

            switch (line.ContentCase)
            {
                case Wire.PartEntry.ContentOneofCase.Control when isManifest:
                    break;
                case Wire.PartEntry.ContentOneofCase.Control
                    when line.Control == Wire.ControlKind.ConsentExcerpt && excerpt is null:
                    excerpt = index;
                    break;
                case Wire.PartEntry.ContentOneofCase.Control
                    when line.Control == Wire.ControlKind.Answer && answer is null:
                    answer = index;
                    break;
                case Wire.PartEntry.ContentOneofCase.Section:
                    if (!EntryFromWire(line.Section).TryGet(out var entry, out var refusal))
                    {
                        return refusal;
                    }

                    sections.Add(new ReceivedSection(entry, index));
                    break;
                case Wire.PartEntry.ContentOneofCase.Dummy:
                    dummies.Add(index);
                    break;
                default:
                    return Broken("A line of the table of parts is unknown or stands twice.");
            }
        }

        return sections.DistinctBy(section => section.Entry.Category).Count() == sections.Count
            ? new PartTable(excerpt, answer, sections, dummies)
            : Broken("A category stands twice in one packet.");
    }

    private static bool IsKnown<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) && !value.Equals(default(T));

    private static Result<OptionalCountry> Country(string text) =>
        text.Length == 0
            ? default(OptionalCountry)
            : CountryCode.Parse(text).Then<OptionalCountry>(code => new OptionalCountry(code));

    private static Refusal Broken(string message, string? detail = null) =>
        new(RefusalCode.ManifestInvalid, message, localDetail: detail);

    private readonly record struct OptionalCountry(CountryCode? Value);
}
