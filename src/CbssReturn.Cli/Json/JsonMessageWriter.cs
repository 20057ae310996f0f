using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Json;

/// <summary>Writes the JSON form; what it writes, <see cref="JsonMessageReader"/> reads, but for codes of a newer
/// list.</summary>
internal static class JsonMessageWriter
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message)
    {
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
            {
                WriteList(writer, field, (IList)value);
            }
            else if (field.HasPresence ? field.Accessor.HasValue(message) : !IsDefault(field, value))
            {
                writer.WritePropertyName(field.Name);
                WriteValue(writer, field, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, FieldDescriptor field, IList values)
    {
        if (values.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(field.Name);
        foreach (var value in values)
        {
            WriteValue(writer, field, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case IMessage message:
                Write(writer, message);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case ByteString bytes:
                writer.WriteStringValue(Convert.ToHexStringLower(bytes.Span));
                break;
            case Enum code:
                writer.WriteStringValue(JsonCodes.Format(field.EnumType, Number(code)));
                break;
            case ulong seconds when JsonTimes.IsMoment(field):
                writer.WriteStringValue(JsonTimes.FormatMoment(seconds));
                break;
            case uint day when JsonTimes.IsDay(field):
                writer.WriteStringValue(JsonTimes.FormatDay(day));
                break;
            case uint number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            default:
                throw new NotSupportedException($"{field.FullName}: the protos hold no {field.FieldType}.");
        }
    }

    private static int Number(Enum code) => Convert.ToInt32(code, CultureInfo.InvariantCulture);

    private static bool IsDefault(FieldDescriptor field, object value) => value switch
    {
        string text => text.Length == 0,
        bool flag => !flag,
        ByteString bytes => bytes.IsEmpty,
        Enum code => Number(code) == 0,
        uint number => number == 0,
        ulong number => number == 0,
        int number => number == 0,
        long number => number == 0,
        _ => throw new NotSupportedException($"{field.FullName}: the protos hold no {field.FieldType}."),
    };
}
