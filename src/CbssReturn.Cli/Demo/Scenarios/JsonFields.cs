using System.Text.Json;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>Reads one JSON object of which every field is known.</summary>
/// <remarks>What it refuses it throws as <see cref="JsonRefusedException"/>, with the path.</remarks>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = [];
    private readonly string _path;

    /// <summary>Takes an object apart.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands; empty for the whole file.</param>
    /// <param name="known">The fields that it may have.</param>
    public JsonFields(JsonElement element, string path, params IReadOnlyList<string> known)
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refused(RefusalCode.FieldMalformed, path, "An object is needed here.");
        }

        using var every = element.EnumerateObject();
        while (every.MoveNext())
        {
            var field = every.Current;
            if (known.Count > 0 && !known.Contains(field.Name))
            {
                throw Refused(
                    RefusalCode.FieldUnknown,
                    path,
                    $"A field is not known here. Known are: {string.Join(", ", known)}.");
            }

            if (!_fields.TryAdd(field.Name, field.Value))
            {
                throw Refused(RefusalCode.ValueTwice, At(field.Name), "The field stands twice.");
            }
        }
    }

    /// <summary>All fields, in order.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _fields;

    /// <summary>Path of a field of this object.</summary>
    public string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Gets a field.</summary>
    /// <returns>The value, or null when it is not there.</returns>
    public JsonElement? Find(string name) => _fields.TryGetValue(name, out var value) ? value : null;

    /// <summary>Gets a text that must be there and not be empty.</summary>
    public string Text(string name) => OptionalText(name)
        ?? throw Refused(RefusalCode.FieldMissing, At(name), "This field is required.");

    /// <summary>Gets a text that may be left out, but not be empty.</summary>
    public string? OptionalText(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Refused(RefusalCode.FieldMalformed, At(name), "A text is needed here.");

    /// <summary>Makes a refusal to throw.</summary>
    public static JsonRefusedException Refused(RefusalCode code, string path, string message) =>
        new(new Refusal(code, message, path.Length == 0 ? null : path));
}
