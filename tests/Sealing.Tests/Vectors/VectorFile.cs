using System.Text.Json;

namespace CbssReturn.Sealing.Tests;

/// <summary>Reads the vector files under tests/Vectors.</summary>
internal static class VectorFile
{
    public static JsonElement Load(params ReadOnlySpan<string> parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Combine(["tests", "Vectors", .. parts])));
        return document.RootElement.Clone();
    }

    /// <summary>Every test of a Wycheproof file, with its group.</summary>
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Wycheproof(string name) =>
        Load("crypto", "wycheproof", name).GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => (group, test)));

    public static byte[] Hex(this JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static bool HasFlag(this JsonElement test, string flag) =>
        test.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == flag);
}
