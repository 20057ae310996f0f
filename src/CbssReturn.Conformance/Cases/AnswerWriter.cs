using System.Buffers;
using System.Text;
using System.Text.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Conformance.Cases;

/// <summary>Writes one answer a line.</summary>
internal sealed class AnswerWriter(TextWriter output)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Writes that the input was accepted, and the outputs.</summary>
    public void WriteOk(JsonElement? id, CaseOutput answer) => WriteLine(id, writer =>
    {
        writer.WriteBoolean("ok", true);
        answer.WriteTo(writer);
    });

    /// <summary>Writes that the input was refused, and the code.</summary>
    public void WriteRefusal(JsonElement? id, Refusal refusal) => WriteLine(id, writer =>
    {
        writer.WriteBoolean("ok", false);
        writer.WriteString("code", refusal.CodeText);
    });

    /// <summary>Writes that the line could not be read, and why.</summary>
    public void WriteError(JsonElement? id, string error) =>
        WriteLine(id, writer => writer.WriteString("error", error));

    private void WriteLine(JsonElement? id, Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            if (id is { } element)
            {
                element.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            write(writer);
            writer.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        output.Write('\n');
    }
}
