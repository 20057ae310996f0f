using System.Text.Json.Nodes;
using CbssReturn.Cli.Errors;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>Plays a scenario on running nodes, one step after the other, and stops at the first that fails.</summary>
/// <param name="world">The nodes.</param>
/// <param name="story">Where each step is told.</param>
internal sealed class ScenarioPlayer(DemoWorld world, DemoStory story)
{
    // Words of answers that may be told: ids, states and counts, never content.
    private static readonly string[] Tellable =
    [
        "state", "summary.state", "version", "case_alias", "included.#", "withheld.#", "kind",
    ];

    /// <summary>Plays it.</summary>
    /// <returns>The code of the first step that failed; null when all held.</returns>
    public async Task<RefusalCode?> PlayAsync(Scenario scenario, CancellationToken stop)
    {
        story.Begin(scenario);
        var variables = new ScenarioVariables(world.Clock.GetUtcNow());
        foreach (var node in world.Nodes)
        {
            variables.Set(node.Role.Name, JsonValue.Create(node.NodeId));
        }

        foreach (var step in scenario.Steps)
        {
            var result = await DoAsync(step, variables, stop).ConfigureAwait(false);
            var failure = Judge(step, variables, result, out var detail);
            story.Tell(step.Text, step.On, failure is null, detail);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private async Task<Result<JsonNode>> DoAsync(ScenarioStep step, ScenarioVariables variables, CancellationToken stop)
    {
        try
        {
            var desk = world.Node(step.On).Desk(step.As);
            return await StepVerbs.Get(step.Do)(world, desk, variables.ExpandObject(step.With), stop)
                .ConfigureAwait(false);
        }
        catch (JsonRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static RefusalCode? Judge(
        ScenarioStep step, ScenarioVariables variables, Result<JsonNode> result, out string detail)
    {
        if (!result.TryGet(out var answer, out var refusal))
        {
            var meant = refusal.Code == step.ExpectedCode;
            detail = meant
                ? $"refused as it must be: {refusal.CodeText} {ErrorTexts.Find(refusal.Code)?.Meaning}"
                : $"{refusal.CodeText} {refusal.Field} {refusal.Message}";
            return meant ? null : refusal.Code;
        }

        if (step.ExpectedCode is { } expected)
        {
            detail = FormattableString.Invariant($"was done, but had to be refused with CB-{(int)expected:D4}");
            return expected;
        }

        foreach (var (path, value) in step.ExpectedValues)
        {
            var wanted = variables.Expand(value);
            if (!JsonNode.DeepEquals(JsonPaths.Find(answer, path), wanted))
            {
                detail = $"{path} is not what it must be";
                return RefusalCode.AnswerDoesNotFit;
            }
        }

        foreach (var (name, path) in step.Save)
        {
            variables.Set(name, JsonPaths.Find(answer, path));
        }

        detail = string.Join(", ", Tellable
            .Select(path => (path, value: JsonPaths.Find(answer, path)))
            .Where(pair => pair.value is not null && (!pair.path.EndsWith('#') || pair.value.ToString() != "0"))
            .Select(pair => $"{pair.path.Replace(".#", "", StringComparison.Ordinal)} {pair.value}"));
        return null;
    }
}
