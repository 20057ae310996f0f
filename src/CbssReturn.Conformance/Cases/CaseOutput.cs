using System.Text.Json;
using CbssReturn.Sealing;

namespace CbssReturn.Conformance.Cases;

/// <summary>What an operation answers beside ok.</summary>
internal sealed class CaseOutput
{
    private readonly List<Action<Utf8JsonWriter>> _writes = [];

    /// <summary>Nothing but ok.</summary>
    public static CaseOutput Nothing => new();

    /// <summary>Adds bytes, as lower-case hex.</summary>
    public CaseOutput Hex(string name, ReadOnlyMemory<byte> bytes)
    {
        _writes.Add(writer => writer.WriteString(name, StrictHex.Encode(bytes.Span)));
        return this;
    }

    /// <summary>Adds a list of bytes.</summary>
    public CaseOutput List(string name, IEnumerable<ReadOnlyMemory<byte>> list)
    {
        var texts = list.Select(bytes => StrictHex.Encode(bytes.Span)).ToArray();
        _writes.Add(writer =>
        {
            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        });
        return this;
    }

    /// <summary>Adds bytes, as base64: for fields that are base64 in the vectors of audit logs.</summary>
    public CaseOutput Base64(string name, ReadOnlyMemory<byte> bytes)
    {
        _writes.Add(writer => writer.WriteString(name, StrictBase64.Encode(bytes.Span)));
        return this;
    }

    /// <summary>Adds a text.</summary>
    public CaseOutput Text(string name, string value)
    {
        _writes.Add(writer => writer.WriteString(name, value));
        return this;
    }

    /// <summary>Adds a number.</summary>
    public CaseOutput Number(string name, long value)
    {
        _writes.Add(writer => writer.WriteNumber(name, value));
        return this;
    }

    /// <summary>Writes the outputs in the order in which they were added.</summary>
    public void WriteTo(Utf8JsonWriter writer) => _writes.ForEach(write => write(writer));
}
