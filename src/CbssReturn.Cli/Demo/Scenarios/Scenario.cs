using System.Text.Json;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>A story that the demo plays (samples/README.md).</summary>
/// <param name="Title">Its title.</param>
/// <param name="About">What it shows.</param>
/// <param name="Steps">Its steps; each is played after the one before it.</param>
internal sealed record Scenario(string Title, string About, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>Number of the format that this program reads.</summary>
    public const int Format = 1;

    private const int StepCountMax = 500;

    /// <summary>Reads a scenario file and checks all that can be known before anything is started.</summary>
    /// <returns>The scenario, or a refusal with the path of what is wrong.</returns>
    public static Result<Scenario> Load(string path) =>
        InputFile.Read(path, CaseworkJson.FileSizeBytesMax).Then(Parse);

    /// <summary>As <see cref="Load"/>, from bytes.</summary>
    public static Result<Scenario> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (JsonRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (JsonException malformed)
        {
            return new Refusal(
                RefusalCode.JsonMalformed,
                $"The JSON ends too early or is wrong at line {malformed.LineNumber + 1}.");
        }
    }

    private static Scenario Read(JsonElement root)
    {
        var fields = new JsonFields(root, "", "format", "title", "about", "steps");
        if (fields.Find("format") is not { ValueKind: JsonValueKind.Number } format
            || !format.TryGetInt32(out var number)
            || number != Format)
        {
            throw JsonFields.Refused(RefusalCode.FieldMalformed, "format", $"This program reads format {Format} only.");
        }

        if (fields.Find("steps") is not { ValueKind: JsonValueKind.Array } list
            || list.GetArrayLength() is 0 or > StepCountMax)
        {
            throw JsonFields.Refused(RefusalCode.FieldMalformed, "steps", $"1 to {StepCountMax} steps are needed.");
        }

        var known = ScenarioVariables.BuiltIn();
        var steps = new List<ScenarioStep>();
        using var every = list.EnumerateArray();
        while (every.MoveNext())
        {
            steps.Add(ScenarioStep.Read(every.Current, FormattableString.Invariant($"steps[{steps.Count}]"), known));
        }

        return new Scenario(fields.Text("title"), fields.Text("about"), steps);
    }
}
