using CbssReturn.Cli.Commands;
using CbssReturn.Cli.Demo.Audit;
using CbssReturn.Cli.Demo.Scenarios;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>The demo from start to end.</summary>
/// <param name="session">Where it is told.</param>
/// <param name="options">What is asked for.</param>
internal sealed class DemoRun(Session session, DemoOptions options)
{
    private const string NotRun = "The demo did not run.";

    private readonly DemoStory _story = new(session);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code: 0 only if every step held.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var start = session.Clock.GetTimestamp();
        _story.Warn();
        if (!LoadScenarios().TryGet(out var scenarios, out var refusal)
            || !SisterProgram.FindNode().TryGet(out var program, out refusal)
            || !SisterProgram.FindAuditor().TryGet(out var auditor, out refusal)
            || !PrepareRecord().TryGet(out _, out refusal)
            || !DemoFolder.Make(options.KeepPath).TryGet(out var folder, out refusal))
        {
            return Fail(refusal);
        }

        try
        {
            var world = await DemoWorld.StartAsync(program, folder, options.RecordPath, session.Clock, _story, stop)
                .ConfigureAwait(false);
            if (!world.TryGet(out var running, out refusal))
            {
                return Fail(refusal);
            }

            await using (running.ConfigureAwait(false))
            {
                var audit = new AuditChapter(running, folder, new AuditorTool(auditor), _story);
                return await TellAsync(running, scenarios, audit, start, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            folder.End();
        }
    }

    private async Task<int> TellAsync(
        DemoWorld world,
        IReadOnlyList<Scenario> scenarios,
        AuditChapter audit,
        long start,
        CancellationToken stop)
    {
        var failure = await PlayAsync(world, scenarios, stop).ConfigureAwait(false)
            ?? await audit.PlayAsync(stop).ConfigureAwait(false);
        var seconds = session.Clock.GetElapsedTime(start).TotalSeconds;
        _story.Say("");
        var (steps, failed) = _story.Count;
        _story.Say(FormattableString.Invariant($"{steps} steps, {failed} failed, {seconds:F1} s."));
        if (!options.ExitsAtEnd)
        {
            await StayAsync(world, stop).ConfigureAwait(false);
        }

        return failure is { } code ? ExitCode.Of(code) : ExitCode.Ok;
    }

    private async Task<RefusalCode?> PlayAsync(
        DemoWorld world, IReadOnlyList<Scenario> scenarios, CancellationToken stop)
    {
        var player = new ScenarioPlayer(world, _story);
        foreach (var scenario in scenarios)
        {
            if (await player.PlayAsync(scenario, stop).ConfigureAwait(false) is { } failure)
            {
                foreach (var node in world.Nodes)
                {
                    _story.Say($"  {node.Role.Name}: the log's last codes are {node.LastCodes}");
                }

                return failure;
            }
        }

        return null;
    }

    private Result<IReadOnlyList<Scenario>> LoadScenarios()
    {
        if (!ScenarioFiles().TryGet(out var paths, out var refusal))
        {
            return refusal;
        }

        var scenarios = new List<Scenario>();
        foreach (var path in paths)
        {
            if (!Scenario.Load(path).TryGet(out var scenario, out refusal))
            {
                return refusal.Within(Path.GetFileName(path));
            }

            scenarios.Add(scenario);
        }

        return scenarios;
    }

    private Result<IReadOnlyList<string>> ScenarioFiles()
    {
        if (options.ScenarioPaths.Count > 0)
        {
            return (Result<IReadOnlyList<string>>)options.ScenarioPaths.ToList();
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        List<string> found = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "first-*.json").Order(StringComparer.Ordinal)]
            : [];
        return found.Count > 0
            ? found
            : new Refusal(RefusalCode.FileUnreadable, "The sample scenarios are not beside this program; name some.");
    }

    private Result<Done> PrepareRecord()
    {
        try
        {
            if (options.RecordPath is { } path)
            {
                Directory.CreateDirectory(path);
            }

            return Done.Instance;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalCode.FileUnreadable, "The folder for the bytes on the wire cannot be made.");
        }
    }

    private async Task StayAsync(DemoWorld world, CancellationToken stop)
    {
        _story.Say("");
        _story.Say("The nodes stay up until Ctrl-C. To talk to one of them from another terminal:");
        foreach (var node in world.Nodes)
        {
            _story.Say("");
            _story.Say($"  # {node.Role.Title}, node {node.NodeId}");
            _story.Say($"  export CBSS_CONFIG={node.ConfigPath} CBSS_TOKEN_FILE={node.TokenPath(DemoNode.Worker)}");
            _story.Say("  cbss node status && cbss referral list");
        }

        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Clock, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _story.Say("Stopping.");
        }
    }

    private int Fail(Refusal refusal)
    {
        ErrorReport.Write(session, NotRun, refusal);
        return ExitCode.Of(refusal.Code);
    }
}
