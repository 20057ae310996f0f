using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>A demo that stays up, for talking to its nodes with the command line.</summary>
public sealed partial class LiveDemo : IAsyncLifetime
{
    private const string Scenario =
        """
        { "format": 1, "title": "Up", "about": "The nodes are up.",
          "steps": [ { "step": "The sender is ready.", "on": "sender", "do": "node.status",
                       "expect": { "ok": true, "values": { "ready": true, "peers.#": 4 } } } ] }
        """;

    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(180);

    private readonly Dictionary<string, (string Node, int Process)> _nodes = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-live-").FullName;
    private Process? _process;

    /// <summary>Ids of all processes, the demo's own first.</summary>
    public IReadOnlyList<int> Processes => [_process!.Id, .. _nodes.Values.Select(node => node.Process)];

    /// <summary>The id of a node.</summary>
    public string NodeId(string name) => _nodes[name].Node;

    /// <summary>Path of a file in a folder of its own.</summary>
    public string Combine(params string[] parts) => Path.Combine([_folder, .. parts]);

    /// <summary>Runs a command against a node.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="user">Whose token: worker or administrator.</param>
    /// <param name="arguments">The command line.</param>
    internal Task<CbssResult> RunAsync(string node, string user, params IEnumerable<string> arguments) => Cbss.RunAsync(
        arguments,
        new Dictionary<string, string>
        {
            ["CBSS_CONFIG"] = Combine("kept", node, "node.json"),
            ["CBSS_TOKEN_FILE"] = Combine("kept", node, $"{user}.token"),
        });

    /// <summary>Runs a command with --json that must succeed.</summary>
    internal async Task<JsonElement> AskAsync(string node, params IEnumerable<string> arguments)
    {
        var result = await RunAsync(node, "worker", arguments.Append("--json"));

        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Error}");
        return JsonElement.Parse(result.Output);
    }

    /// <summary>Writes a file for a command.</summary>
    internal string Write(string name, string content)
    {
        File.WriteAllText(Combine(name), content);
        return Combine(name);
    }

    /// <summary>Kills a node as a power cut would.</summary>
    internal void Kill(string node)
    {
        using var process = Process.GetProcessById(_nodes[node].Process);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sends the signal of Ctrl-C and waits for the end.</summary>
    internal async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        using var deadline = new CancellationTokenSource(TimeMax);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async Task InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            // Nobody else would: a fixture that does not come up is not disposed.
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await InterruptAsync();
        }

        _process?.Dispose();
        _process = null;

        // Called again for a fixture that did not come up.
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task StartAsync()
    {
        var scenario = Write("up.json", Scenario);
        _process = Process.Start(Cbss.StartInfo(["demo", "--json", "--scenario", scenario, "--keep", Combine("kept")]))
            ?? throw new InvalidOperationException("cbss was not started.");
        using var deadline = new CancellationTokenSource(TimeMax);
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            var step = JsonElement.Parse(line);
            Assert.True(step.GetProperty("ok").GetBoolean(), line);
            if (Detail().Match(step.GetProperty("detail").GetString()!) is { Success: true } match)
            {
                _nodes[step.GetProperty("node").GetString()!] =
                    (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
            }
            else if (step.GetProperty("step").GetString() == DemoTests.LastStep)
            {
                return;
            }
        }

        Assert.Fail(await _process.StandardError.ReadToEndAsync(deadline.Token));
    }

    [GeneratedRegex("^node ([0-9a-f]{32}), process ([0-9]+)$")]
    private static partial Regex Detail();
}
