using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The JSON form of an alarm: one object on one line, evidence in base64.</summary>
/// <remarks><c>{"kind":"SPLIT_VIEW","level":"critical","origin":…,"index":7,"text":…,"evidence":{"checkpoint":…}}</c>,
/// every field once and in any order; <c>index</c> and <c>evidence</c> may be absent (docs/spec/audit-log.md, section
/// 7).</remarks>
public static class AlarmJson
{
    /// <summary>Longest JSON form, in bytes.</summary>
    public const int SizeBytesMax = 8 * 1024 * 1024;

    // What is written stands in a file or on a terminal, never in a web page: base64 stays readable.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Fields = ["kind", "level", "origin", "index", "text", "evidence"];

    private static readonly Dictionary<string, AlarmKind> Kinds = Enum.GetValues<AlarmKind>()
        .Where(kind => kind != AlarmKind.Unspecified).ToDictionary(NameOf);

    private static readonly Dictionary<string, AlarmLevel> Levels = Enum.GetValues<AlarmLevel>()
        .Where(level => level != AlarmLevel.Unspecified).ToDictionary(NameOf);

    /// <summary>The name of a kind, such as <c>SPLIT_VIEW</c>.</summary>
    public static string NameOf(AlarmKind kind) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString());

    /// <summary>The name of a level, such as <c>critical</c>.</summary>
    public static string NameOf(AlarmLevel level) => JsonNamingPolicy.SnakeCaseLower.ConvertName(level.ToString());

    /// <summary>Writes an alarm, without a line feed.</summary>
    public static byte[] Write(AuditAlarm alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", NameOf(alarm.Kind));
            writer.WriteString("level", NameOf(alarm.Level));
            writer.WriteString("origin", alarm.Origin);
            if (alarm.Index is { } index)
            {
                writer.WriteNumber("index", index);
            }

            writer.WriteString("text", alarm.Text);
            writer.WriteStartObject("evidence");
            foreach (var (name, blob) in alarm.Evidence.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, StrictBase64.Encode(blob.Span));
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads an alarm that somebody kept or sent; its evidence is not checked here.</summary>
    /// <param name="json">At most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The alarm, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<AuditAlarm> Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > SizeBytesMax)
        {
            return Malformed("An alarm is too large.");
        }

        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or half a surrogate pair in a text.
            return Malformed("An alarm is one JSON object.");
        }
    }

    private static Result<AuditAlarm> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !HasKnownFieldsOnly(root))
        {
            return Malformed("An alarm is one JSON object of known fields.");
        }

        if (!Kinds.TryGetValue(TextOf(root, "kind"), out var kind)
            || !Levels.TryGetValue(TextOf(root, "level"), out var level))
        {
            return Malformed("An alarm has a kind and a level.", "kind");
        }

        var (origin, text) = (TextOf(root, "origin"), TextOf(root, "text"));
        if (!VerifierKey.IsName(origin) || text.Length is 0 or > AuditAlarm.TextCharsMax)
        {
            return Malformed("An alarm names a log and has a text.", "origin");
        }

        long? index = null;
        if (root.TryGetProperty("index", out var element))
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var number) || number < 0)
            {
                return Malformed("An index counts from 0.", "index");
            }

            index = number;
        }

        return ReadEvidence(root).Then<AuditAlarm>(evidence => new AuditAlarm
        {
            Kind = kind,
            Level = level,
            Origin = origin,
            Index = index,
            Text = text,
            Evidence = evidence,
        });
    }

    [SuppressMessage("Correctness", "IDISP004", Justification = "A foreach disposes its enumerator.")]
    private static bool HasKnownFieldsOnly(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (!Fields.Contains(property.Name))
            {
                return false;
            }
        }

        return true;
    }

    [SuppressMessage("Correctness", "IDISP004", Justification = "A foreach disposes its enumerator.")]
    private static Result<Dictionary<string, ReadOnlyMemory<byte>>> ReadEvidence(JsonElement root)
    {
        var evidence = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (!root.TryGetProperty("evidence", out var element))
        {
            return evidence;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return Malformed("Evidence is an object of base64 texts.", "evidence");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String
                || !StrictBase64.TryDecode(property.Value.GetString(), out var blob)
                || evidence.Count == AuditAlarm.EvidenceBlobsMax)
            {
                return Malformed("Evidence is an object of base64 texts.", "evidence");
            }

            evidence.Add(property.Name, blob);
        }

        return evidence;
    }

    private static string TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.String
            ? element.GetString()! // a string element has a string
            : string.Empty;

    private static Refusal Malformed(string message, string? field = null) =>
        new(RefusalCode.FieldMalformed, message, field);
}
