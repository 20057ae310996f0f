using System.Text.Json;
using System.Text.Json.Nodes;

namespace CbssReturn.Conformance.Tests;

/// <summary>Runs lines through the runner and reads the answers.</summary>
internal static class Harness
{
    public static (int ExitStatus, string[] Lines) Run(string input)
    {
        using var reader = new StringReader(input);
        using var writer = new StringWriter();
        var exitStatus = ConformanceRunner.Run(reader, writer);
        return (exitStatus, writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Runs one case that must be readable.</summary>
    public static JsonElement Answer(JsonObject input)
    {
        input["id"] ??= "case";
        var (exitStatus, lines) = Run(input.ToJsonString());
        Assert.Equal(0, exitStatus);
        var answer = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(input["id"]!.ToJsonString(), answer.GetProperty("id").GetRawText());
        return answer;
    }

    public static bool IsOk(JsonObject input) => Answer(input).GetProperty("ok").GetBoolean();

    /// <summary>Runs one case that must be refused, and gives the code.</summary>
    public static string Code(JsonObject input)
    {
        var answer = Answer(input);
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(3, answer.EnumerateObject().Count());
        return answer.GetProperty("code").GetString()!;
    }

    public static string Hex(int size, byte value = 0) =>
        string.Concat(Enumerable.Repeat(value.ToString("x2", null), size));
}
