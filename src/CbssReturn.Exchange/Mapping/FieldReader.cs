using System.Globalization;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Reads the fields of one wire message and keeps the first refusal, placed at its field. After a refusal the
/// values that it hands out mean nothing; <see cref="Finish"/> sees to it that nobody gets to see them.</summary>
internal sealed class FieldReader
{
    /// <summary>No list of any message is longer; the domain's own limits are at most this.</summary>
    public const int ListItemsMax = 64;

    private const string DateForm = "yyyy-MM-dd";

    private static readonly DateOnly EarliestDate = new(1900, 1, 1);

    private Refusal? _first;

    /// <summary>Makes the domain value, unless a field was refused.</summary>
    public Result<T> Finish<T>(Func<Result<T>> make)
        where T : notnull =>
        _first is null ? make() : _first;

    public void Refuse(Refusal refusal) => _first ??= refusal;

    public T Take<T>(Result<T> result, string field)
        where T : notnull
    {
        if (result.TryGet(out var value, out var refusal))
        {
            return value;
        }

        Refuse(refusal.Within(field));
        return default!; // Finish keeps it from being seen
    }

    public T? Inside<TWire, T>(TWire? message, string field, Func<TWire, Result<T>> read)
        where TWire : class, IMessage
        where T : class =>
        message is null ? null : Take(read(message), field);

    public ValueList<T> List<TWire, T>(IReadOnlyCollection<TWire> items, string field, Func<TWire, Result<T>> read)
        where T : notnull
    {
        if (items.Count > ListItemsMax)
        {
            Refuse(new Refusal(RefusalCode.TooMany, $"The list holds more than {ListItemsMax}.", field));
            return [];
        }

        return items
            .Select((item, index) => Take(read(item), FormattableString.Invariant($"{field}[{index}]")))
            .ToValueList();
    }

    public FreeText? Text(string text, TextRule rule, string field) =>
        text.Length == 0 ? null : RequiredText(text, rule, field);

    public FreeText RequiredText(string text, TextRule rule, string field) => Take(FreeText.Create(text, rule), field);

    public ValueList<FreeText> Texts(IReadOnlyCollection<string> texts, TextRule rule, string field) =>
        List(texts, field, text => FreeText.Create(text, rule));

    public CountryCode? Country(string text, string field) =>
        text.Length == 0 ? null : Take(CountryCode.Parse(text), field);

    public LanguageTag? Language(string text, string field) =>
        text.Length == 0 ? null : Take(LanguageTag.Parse(text), field);

    public ValueList<LanguageTag> Languages(IReadOnlyCollection<string> texts, string field) =>
        List(texts, field, LanguageTag.Parse);

    public StaffAlias? Alias(string text, string field) =>
        text.Length == 0 ? null : Take(StaffAlias.Parse(text), field);

    public RecipientId? Node(string text, string field) =>
        text.Length == 0 ? null : Take(RecipientId.Parse(text), field);

    public EvidenceDigest? Digest(ByteString bytes, string field) =>
        bytes.IsEmpty ? null : Take(EvidenceDigest.FromBytes(bytes.Span), field);

    public DateOnly? Date(string text, string field) => text.Length == 0 ? null : Take(ReadDate(text), field);

    /// <summary>Reads POSIX seconds; 0 is none.</summary>
    public DateTimeOffset? Moment(ulong seconds, string field)
    {
        if (seconds > (ulong)Moments.Latest.ToUnixTimeSeconds())
        {
            Refuse(new Refusal(RefusalCode.NumberOutOfRange, "No moment after the year 2199 is taken.", field));
            return null;
        }

        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds((long)seconds);
    }

    public DateTimeOffset RequiredMoment(ulong seconds, string field)
    {
        var moment = Moment(seconds, field);
        if (moment is null)
        {
            Refuse(new Refusal(RefusalCode.FieldMissing, "This is required.", field));
        }

        return moment ?? default;
    }

    public Told<FreeText> Told(Wire.ToldText? told, TextRule rule, string field) => told?.ContentCase switch
    {
        null => default,
        Wire.ToldText.ContentOneofCase.Value => Known(FreeText.Create(told.Value, rule), field),
        Wire.ToldText.ContentOneofCase.Untold => Why<FreeText>(told.Untold, field),
        _ => Empty<FreeText>(field),
    };

    public Told<DateOnly> Told(Wire.ToldDate? told, string field) => told?.ContentCase switch
    {
        null => default,
        Wire.ToldDate.ContentOneofCase.Value => Known(ReadDate(told.Value), field),
        Wire.ToldDate.ContentOneofCase.Untold => Why<DateOnly>(told.Untold, field),
        _ => Empty<DateOnly>(field),
    };

    public LocalMoment Local(Wire.LocalTime? time, SectionSource source, string field)
    {
        if (time is null)
        {
            Refuse(new Refusal(RefusalCode.FieldMissing, "This is required.", field));
            return default!; // Finish keeps it from being seen
        }

        return Take(ReadLocal(time, source), field);
    }

    public static Result<LocalMoment> ReadLocal(Wire.LocalTime time, SectionSource source) =>
        source == SectionSource.Received
            ? LocalMoment.Receive(time.Local, time.Zone, time.UtcOffsetMinutes)
            : LocalMoment.Create(time.Local, time.Zone, time.UtcOffsetMinutes);

    private static Result<DateOnly> ReadDate(string text) =>
        DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date >= EarliestDate
        && date.Year < Moments.Latest.Year
            ? date
            : new Refusal(RefusalCode.FieldMalformed, "A date is written YYYY-MM-DD, in the years 1900 to 2199.");

    private Told<T> Known<T>(Result<T> result, string field)
        where T : notnull
    {
        if (result.TryGet(out var value, out var refusal))
        {
            return value;
        }

        Refuse(refusal.Within(field));
        return default;
    }

    private Told<T> Why<T>(Wire.Untold why, string field)
        where T : notnull => why == Wire.Untold.Unspecified ? Empty<T>(field) : (Untold)why;

    // A message that says neither is a second spelling of "not asked", and refused as one.
    private Told<T> Empty<T>(string field)
        where T : notnull
    {
        Refuse(new Refusal(RefusalCode.FieldMissing, "Leave this out when nobody asked.", field));
        return default;
    }
}
