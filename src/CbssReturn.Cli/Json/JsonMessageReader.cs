using System.Collections;
using System.Text.Json;
using CbssReturn.Outcomes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Json;

/// <summary>Reads the JSON form strictly. What it refuses it throws, with the path, as
/// <see cref="JsonRefusedException"/> or <see cref="JsonException"/>.</summary>
internal static class JsonMessageReader
{
    // The deepest message of the protos is 7 deep.
    private const int DepthMax = 24;

    // More than any list of the protos may hold; the node knows each list's own limit.
    private const int ListCountMax = 4096;

    /// <summary>Reads one object and nothing after it.</summary>
    public static void Read(ReadOnlySpan<byte> utf8, IMessage message)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DepthMax });
        reader.Read();
        ReadMessage(ref reader, message, "");
        if (reader.Read())
        {
            throw new JsonException("trailing data");
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, IMessage message, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Malformed(path, "An object is needed here.");
        }

        var seen = new HashSet<FieldDescriptor>();
        var chosen = new HashSet<OneofDescriptor>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = message.Descriptor.FindFieldByName(Text(ref reader, path));
            if (field is null)
            {
                // The unknown name itself may be case content, so the path ends at its object.
                throw Refused(
                    RefusalCode.FieldUnknown,
                    path,
                    $"There is a field that is not known here. Known are: {Known(message.Descriptor)}.");
            }

            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!seen.Add(field))
            {
                throw Refused(RefusalCode.ValueTwice, fieldPath, "The field stands twice.");
            }

            if (field.RealContainingOneof is { } oneof && !chosen.Add(oneof))
            {
                throw Refused(RefusalCode.ValueTwice, fieldPath, $"Only one of {Known(oneof)} may stand here.");
            }

            reader.Read();
            ReadField(ref reader, message, field, fieldPath);
        }
    }

    private static void ReadField(ref Utf8JsonReader reader, IMessage message, FieldDescriptor field, string path)
    {
        if (field.IsMap)
        {
            throw new NotSupportedException($"{field.FullName}: the protos hold no maps.");
        }

        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, ReadValue(ref reader, field, path));
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Malformed(path, "A list is needed here.");
        }

        var list = (IList)field.Accessor.GetValue(message);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var itemPath = FormattableString.Invariant($"{path}[{list.Count}]");
            if (list.Count == ListCountMax)
            {
                throw Refused(RefusalCode.TooMany, itemPath, "The list is too long.");
            }

            list.Add(ReadValue(ref reader, field, itemPath));
        }
    }

    private static object ReadValue(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                var message = field.MessageType.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
                ReadMessage(ref reader, message, path);
                return message;
            case FieldType.String:
                return Quoted(ref reader, path, "A text is needed here.");
            case FieldType.Bool:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? reader.GetBoolean()
                    : throw Malformed(path, "true or false is needed here.");
            case FieldType.Bytes:
                return ReadBytes(ref reader, path);
            case FieldType.Enum:
                var code = Quoted(ref reader, path, "A code is needed here.");
                return JsonCodes.Parse(field.EnumType, code) ?? throw Refused(
                    RefusalCode.CodeUnknown,
                    path,
                    $"There is no such code. Known are: {string.Join(", ", JsonCodes.Names(field.EnumType))}.");
            default:
                return ReadNumber(ref reader, field, path);
        }
    }

    private static object ReadNumber(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        if (JsonTimes.IsMoment(field))
        {
            const string Needed = "A moment is needed here, in UTC and whole seconds: 2026-03-01T10:00:00Z.";
            return JsonTimes.ParseMoment(Quoted(ref reader, path, Needed)) ?? throw Malformed(path, Needed);
        }

        if (JsonTimes.IsDay(field))
        {
            const string Needed = "A day is needed here: 2026-03-01.";
            return JsonTimes.ParseDay(Quoted(ref reader, path, Needed)) ?? throw Malformed(path, Needed);
        }

        // 1e2, 1.0 and -0 are other spellings of whole numbers; the readers below take none of the first two.
        var isNumber = reader.TokenType == JsonTokenType.Number && !reader.ValueSpan.SequenceEqual("-0"u8);
        return (isNumber, field.FieldType) switch
        {
            (true, FieldType.UInt32) when reader.TryGetUInt32(out var number) => number,
            (true, FieldType.UInt64) when reader.TryGetUInt64(out var number) => number,
            (true, FieldType.Int32 or FieldType.SInt32) when reader.TryGetInt32(out var number) => number,
            (true, FieldType.Int64 or FieldType.SInt64) when reader.TryGetInt64(out var number) => number,
            (_, FieldType.UInt32 or FieldType.UInt64) =>
                throw Malformed(path, "A whole number, 0 or more, is needed."),
            (_, FieldType.Int32 or FieldType.SInt32 or FieldType.Int64 or FieldType.SInt64) =>
                throw Malformed(path, "A whole number is needed here."),
            _ => throw new NotSupportedException($"{field.FullName}: the protos hold no {field.FieldType}."),
        };
    }

    private static ByteString ReadBytes(ref Utf8JsonReader reader, string path)
    {
        const string Needed = "Bytes are needed here, in lower-case hex digits.";
        var text = Quoted(ref reader, path, Needed);
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigitLower)
            ? ByteString.CopyFrom(Convert.FromHexString(text))
            : throw Malformed(path, Needed);
    }

    private static string Quoted(ref Utf8JsonReader reader, string path, string needed) =>
        reader.TokenType == JsonTokenType.String ? Text(ref reader, path) : throw Malformed(path, needed);

    private static string Text(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;  // a string or a name is never null
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is not text.
            throw Malformed(path, "A text holds an escape that is not a character.");
        }
    }

    private static string Known(MessageDescriptor message) =>
        string.Join(", ", message.Fields.InDeclarationOrder().Select(field => field.Name));

    private static string Known(OneofDescriptor oneof) => string.Join(", ", oneof.Fields.Select(field => field.Name));

    private static JsonRefusedException Malformed(string path, string message) =>
        Refused(RefusalCode.FieldMalformed, path, message);

    private static JsonRefusedException Refused(RefusalCode code, string path, string message) =>
        new(new Refusal(code, message, path.Length == 0 ? null : path));
}
