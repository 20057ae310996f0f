using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>One step of a scenario.</summary>
internal sealed record ScenarioStep
{
    /// <summary>What happens, in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>At which organisation.</summary>
    public required string On { get; init; }

    /// <summary>As whom: <c>worker</c> or <c>administrator</c>.</summary>
    public required string As { get; init; }

    /// <summary>What is done; a name in <see cref="StepVerbs"/>.</summary>
    public required string Do { get; init; }

    /// <summary>With what; variables are not replaced yet.</summary>
    public required JsonObject With { get; init; }

    /// <summary>What is remembered of the answer: name of the variable → path.</summary>
    public required IReadOnlyDictionary<string, string> Save { get; init; }

    /// <summary>The refusal that must come; null when the step must succeed.</summary>
    public required RefusalCode? ExpectedCode { get; init; }

    /// <summary>What the answer must hold: path → value, null for absent; variables are not replaced yet.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> ExpectedValues { get; init; }

    /// <summary>Reads a step.</summary>
    /// <param name="element">The step.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="known">Variables that are known before it; those it saves are added.</param>
    public static ScenarioStep Read(JsonElement element, string path, ISet<string> known)
    {
        var fields = new JsonFields(element, path, "step", "on", "as", "do", "with", "save", "expect");
        var with = fields.Find("with") is { } input ? ReadObject(input, fields.At("with")) : [];
        ScenarioVariables.Check(with, fields.At("with"), known);
        var expect = fields.Find("expect") is { } wanted
            ? new JsonFields(wanted, fields.At("expect"), "ok", "code", "values")
            : null;
        var step = new ScenarioStep
        {
            Text = fields.Text("step"),
            On = OneOf(fields.Text("on"), fields.At("on"), [.. DemoRole.All.Select(role => role.Name)]),
            As = OneOf(fields.OptionalText("as") ?? DemoNode.Worker, fields.At("as"), DemoNode.Users),
            Do = OneOf(fields.Text("do"), fields.At("do"), [.. StepVerbs.Names]),
            With = with,
            Save = ReadSave(fields),
            ExpectedCode = ReadCode(expect),
            ExpectedValues = ReadValues(expect, known),
        };
        if (step.ExpectedCode is not null && step.Save.Count + step.ExpectedValues.Count > 0)
        {
            throw JsonFields.Refused(
                RefusalCode.FieldNotAllowed,
                fields.At("expect"),
                "A step that must be refused gives nothing to look at.");
        }

        if (StepVerbs.CheckForm(step.Do, ScenarioVariables.Placeholders(known).ExpandObject(with)) is { } refusal)
        {
            throw JsonFields.Refused(
                refusal.Code,
                refusal.Field is null ? fields.At("with") : $"{fields.At("with")}.{refusal.Field}",
                refusal.Message);
        }

        known.UnionWith(step.Save.Keys);
        return step;
    }

    private static Dictionary<string, string> ReadSave(JsonFields step)
    {
        var saved = new Dictionary<string, string>();
        if (step.Find("save") is { } element)
        {
            var fields = new JsonFields(element, step.At("save"));
            foreach (var (name, _) in fields.All)
            {
                if (!ScenarioVariables.IsName(name))
                {
                    throw JsonFields.Refused(
                        RefusalCode.FieldMalformed, step.At("save"), "A variable is named with a-z, 0-9 and _.");
                }

                saved.Add(name, PathOf(fields.Text(name), fields.At(name)));
            }
        }

        return saved;
    }

    private static RefusalCode? ReadCode(JsonFields? expect)
    {
        if (expect?.Find("ok") is { ValueKind: not JsonValueKind.True })
        {
            throw JsonFields.Refused(
                RefusalCode.FieldMalformed, expect.At("ok"), "ok is true, or code says otherwise.");
        }

        if (expect?.OptionalText("code") is not { } text)
        {
            return null;
        }

        if (expect.Find("ok") is not null)
        {
            throw JsonFields.Refused(
                RefusalCode.ValueTwice, expect.At("code"), "Only one of ok and code may stand here.");
        }

        return ErrorTexts.ParseCode(text) is { } code && ErrorTexts.Find(code) is not null
            ? code
            : throw JsonFields.Refused(RefusalCode.CodeUnknown, expect.At("code"), "There is no such refusal code.");
    }

    private static Dictionary<string, JsonNode?> ReadValues(JsonFields? expect, ISet<string> known)
    {
        var values = new Dictionary<string, JsonNode?>();
        if (expect?.Find("values") is { } element)
        {
            foreach (var (name, value) in new JsonFields(element, expect.At("values")).All)
            {
                var node = ToNode(value);
                ScenarioVariables.Check(node, expect.At("values"), known);
                values.Add(PathOf(name, expect.At("values")), node);
            }
        }

        return values;
    }

    private static JsonObject ReadObject(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? JsonObject.Create(element.Clone(), new JsonNodeOptions()) ?? []
        : throw JsonFields.Refused(RefusalCode.FieldMalformed, path, "An object is needed here.");

    private static string PathOf(string text, string path) => JsonPaths.IsPath(text)
        ? text
        : throw JsonFields.Refused(RefusalCode.FieldMalformed, path, "This is not a path into an answer.");

    private static JsonNode? ToNode(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static string OneOf(string text, string path, IReadOnlyList<string> known) => known.Contains(text)
        ? text
        : throw JsonFields.Refused(RefusalCode.CodeUnknown, path, $"Known here are: {string.Join(", ", known)}.");
}
