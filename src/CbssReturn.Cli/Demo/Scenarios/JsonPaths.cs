using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>Reads one value out of an answer by its path.</summary>
/// <remarks>A path is names with full stops between them: <c>summary.state</c>. <c>[2]</c> picks the third of a list,
/// <c>[-1]</c> the last one, <c>[category=RISK]</c> the first with that value; <c>#</c> is the length of a list, 0 when
/// it is not there.</remarks>
internal static partial class JsonPaths
{
    /// <summary>Tells whether a text is a path.</summary>
    public static bool IsPath(string text) => Path().IsMatch(text);

    /// <summary>Reads a value.</summary>
    /// <returns>The value, or null when there is none.</returns>
    public static JsonNode? Find(JsonNode? root, string path)
    {
        var node = root;
        var dotted = path.Replace("[", ".[", StringComparison.Ordinal);
        foreach (var part in dotted.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "#")
            {
                return JsonValue.Create((node as JsonArray)?.Count ?? 0);
            }

            node = part.StartsWith('[') ? Item(node as JsonArray, part.Trim('[', ']')) : (node as JsonObject)?[part];
        }

        return node;
    }

    private static JsonNode? Item(JsonArray? items, string pick)
    {
        if (items is null)
        {
            return null;
        }

        if (pick.Split('=') is [var name, var value])
        {
            return items.FirstOrDefault(item => (item as JsonObject)?[name]?.ToString() == value);
        }

        var index = int.Parse(pick, CultureInfo.InvariantCulture);
        var place = index < 0 ? items.Count + index : index;
        return place >= 0 && place < items.Count ? items[place] : null;
    }

    // A name and its picks, more of them after full stops, and a length at the end.
    [GeneratedRegex(
        @"\A[a-z0-9_]+(?:\[(?:-?[0-9]{1,4}|[a-z0-9_]+=[A-Za-z0-9_-]+)\])*"
        + @"(?:\.[a-z0-9_]+(?:\[(?:-?[0-9]{1,4}|[a-z0-9_]+=[A-Za-z0-9_-]+)\])*)*(?:\.#)?\z")]
    private static partial Regex Path();
}
