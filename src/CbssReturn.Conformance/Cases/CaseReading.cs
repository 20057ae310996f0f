using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CbssReturn.Conformance.Operations;
using CbssReturn.Sealing;

namespace CbssReturn.Conformance.Cases;

/// <summary>One line, read: either an operation with its input, or why it cannot be read.</summary>
/// <remarks>A misspelt field must not pass as a check, so every field must be known, there, and of its one
/// spelling.</remarks>
internal sealed class CaseReading : IDisposable
{
    private const int DepthMax = 3;
    private const int IdCharsMax = 256;

    private readonly JsonDocument? _document;

    private CaseReading(JsonDocument? document, JsonElement? id, string error) =>
        (_document, Id, Error) = (document, id, error);

    /// <summary>The case's id, a string or a whole number; null when it could not be read.</summary>
    public JsonElement? Id { get; }

    /// <summary>The operation; null when the line could not be read.</summary>
    public Operation? Operation { get; private init; }

    /// <summary>The input; null when the line could not be read.</summary>
    public CaseInput? Input { get; private init; }

    /// <summary>Why the line cannot be read; empty when it could.</summary>
    public string Error { get; }

    /// <summary>Reads a line.</summary>
    public static CaseReading Read(string line)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(
                line, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            return ReadObject(document);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last is the runtime's answer to an escaped half of a surrogate pair in a field's name, whether it
            // meets it while it looks for doubles or while a name is looked up.
            document?.Dispose();
            return new CaseReading(null, null, "The line is not well-formed JSON, or a field stands twice.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document?.Dispose();

    private static CaseReading ReadObject(JsonDocument document)
    {
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new CaseReading(document, null, "The line is not a JSON object.");
        }

        if (!root.TryGetProperty("id", out var id) || !IsId(id))
        {
            return new CaseReading(document, null, "The field id must be a short string or a whole number.");
        }

        if (!TryFindOperation(root, out var operation, out var error)
            || !TryReadFields(root, operation!, out var fields, out error)) // set when the search said yes
        {
            return new CaseReading(document, id, error);
        }

        return new CaseReading(document, id, string.Empty) { Operation = operation, Input = new CaseInput(fields) };
    }

    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => TryGetText(id) is { Length: <= IdCharsMax },
        JsonValueKind.Number => id.TryGetInt64(out _),
        _ => false,
    };

    private static bool TryFindOperation(JsonElement root, out Operation? operation, out string error)
    {
        operation = null;
        if (!root.TryGetProperty("op", out var op) || TryGetText(op) is not { } name)
        {
            error = "The field op must name an operation.";
            return false;
        }

        var named = OperationTable.Find(name);
        if (named.Count == 0)
        {
            error = "There is no such operation.";
            return false;
        }

        var kem = root.TryGetProperty("kem", out var element) ? TryGetText(element) : null;
        operation = named.FirstOrDefault(candidate => candidate.Kem is null || candidate.Kem == kem);
        error = operation is null ? "The field kem must be xwing or x25519." : string.Empty;
        return operation is not null;
    }

    [SuppressMessage("Correctness", "IDISP004", Justification = "A foreach disposes its enumerator.")]
    private static bool TryReadFields(
        JsonElement root, Operation operation, out Dictionary<string, object> values, out string error)
    {
        values = [];
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals("id") || property.NameEquals("op")
                || (operation.Kem is not null && property.NameEquals("kem")))
            {
                continue;
            }

            var field = operation.Fields.FirstOrDefault(candidate => property.NameEquals(candidate.Name));
            if (field is null)
            {
                error = "There is a field that the operation does not have.";
                return false;
            }

            if (ReadValue(property.Value, field.Kind) is not { } value)
            {
                error = $"The field {field.Name} is not spelled as it must be.";
                return false;
            }

            values.Add(field.Name, value);
        }

        error = MissingField(operation, values);
        return error.Length == 0;
    }

    private static string MissingField(Operation operation, Dictionary<string, object> values)
    {
        foreach (var field in operation.Fields)
        {
            if (field.Choice is null && !values.ContainsKey(field.Name))
            {
                return $"The field {field.Name} is missing.";
            }

            if (field.Choice is not null
                && operation.Fields.Count(other => other.Choice == field.Choice && values.ContainsKey(other.Name)) != 1)
            {
                return $"Exactly one of the fields for the {field.Choice} must be there.";
            }
        }

        return string.Empty;
    }

    private static object? ReadValue(JsonElement element, FieldKind kind) => kind switch
    {
        FieldKind.Hex => ReadHex(element),
        FieldKind.HexList => ReadList(element, ReadHex),
        FieldKind.Base64 => ReadBase64(element),
        FieldKind.Base64List => ReadList(element, ReadBase64),
        FieldKind.Number => element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var number)
            ? number
            : null,
        FieldKind.Integer => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var integer)
            ? integer
            : null,
        FieldKind.Text => TryGetText(element),
        FieldKind.TextList => ReadList(element, TryGetText),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };

    private static byte[]? ReadHex(JsonElement element) =>
        TryGetText(element) is { } text && StrictHex.TryDecode(text, out byte[] bytes) ? bytes : null;

    private static byte[]? ReadBase64(JsonElement element) =>
        TryGetText(element) is { } text && StrictBase64.TryDecode(text, out var bytes) ? bytes : null;

    [SuppressMessage("Correctness", "IDISP004", Justification = "A foreach disposes its enumerator.")]
    private static T[]? ReadList<T>(JsonElement element, Func<JsonElement, T?> read)
        where T : class
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var list = new List<T>();
        foreach (var item in element.EnumerateArray())
        {
            if (read(item) is not { } value)
            {
                return null;
            }

            list.Add(value);
        }

        return [.. list];
    }

    private static string? TryGetText(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: well-formed JSON, but no text.
            return null;
        }
    }
}
