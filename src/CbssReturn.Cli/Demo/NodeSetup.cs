using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>The files of one node, as <c>cbss-node init</c> has made them.</summary>
internal sealed record NodeSetup
{
    // A minute is the rule; nobody watches a demo for that long.
    private const int CheckpointMs = 2_000;

    /// <summary>What it is.</summary>
    public required DemoRole Role { get; init; }

    /// <summary>Its id, 32 hex digits.</summary>
    public required string NodeId { get; init; }

    /// <summary>Its configuration.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>What it wants to have in the directory.</summary>
    public required string EntryPath { get; init; }

    /// <summary>The first administrator's token.</summary>
    public required string AdminTokenPath { get; init; }

    /// <summary>The token of the one who works there; written by the demo.</summary>
    public string WorkerTokenPath => Beside("worker.token");

    /// <summary>Its log.</summary>
    public string LogPath => Beside("node.log");

    /// <summary>Its database.</summary>
    public string DatabasePath => Beside("node.db");

    /// <summary>The static form of its audit log.</summary>
    public string ExportPath => Beside("export");

    /// <summary>The verifier keys of that log, one a line: its own, then its witnesses'.</summary>
    public string ExportKeysPath => Beside("export.vkeys");

    /// <summary>Makes a node.</summary>
    /// <param name="program">The node program.</param>
    /// <param name="role">What it is.</param>
    /// <param name="folder">The demo's folder.</param>
    /// <param name="publicPort">Port at which others reach it.</param>
    /// <param name="listenPort">Port on which it listens.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<Result<NodeSetup>> MakeAsync(
        SisterProgram program,
        DemoRole role,
        DemoFolder folder,
        int publicPort,
        int listenPort,
        CancellationToken stop)
    {
        var made = await NodeTool.RunAsync(
            program,
            [
                "init", "--json", "--passphrase-in-folder", "--data", folder.Combine(role.Name),
                "--country", role.Country, "--kind", role.Kind,
                "--endpoint", FormattableString.Invariant($"127.0.0.1:{publicPort}"), "--authority", folder.Authority,
                "--directory-root", folder.RootPublicKey, "--directory", folder.Directory,
                "--log-domain", "cbssreturn.example",
            ],
            stop).ConfigureAwait(false);
        if (!made.Then(output => Read(output, role)).TryGet(out var setup, out var refusal))
        {
            return refusal;
        }

        await ChangeAsync(
            setup.ConfigPath,
            config =>
            {
                // The directory names the port of what stands before the node, if anything; it listens behind that.
                Part(config, "listen")["port"] = listenPort;
                Part(config, "audit")["interval_ms"] = CheckpointMs;
            },
            stop).ConfigureAwait(false);
        return setup;
    }

    private static Result<NodeSetup> Read(string output, DemoRole role)
    {
        var made = JsonNode.Parse(output) as JsonObject;
        return (made?["node_id"], made?["config_file"], made?["entry_file"], made?["token_file"]) is
            ({ } node, { } config, { } entry, { } token)
            ? new NodeSetup
            {
                Role = role,
                NodeId = node.ToString(),
                ConfigPath = config.ToString(),
                EntryPath = entry.ToString(),
                AdminTokenPath = token.ToString(),
            }
            : new Refusal(RefusalCode.ConfigurationMalformed, "cbss-node init did not say what it made.");
    }

    private static async Task ChangeAsync(string path, Action<JsonObject> change, CancellationToken stop)
    {
        var config = JsonNode.Parse(await File.ReadAllBytesAsync(path, stop).ConfigureAwait(false)) as JsonObject
            ?? throw new InvalidOperationException("A fresh configuration is an object.");
        change(config);
        var text = config.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        await File.WriteAllTextAsync(path, text, stop).ConfigureAwait(false);
    }

    private static JsonObject Part(JsonObject config, string name) => config[name] as JsonObject
        ?? throw new InvalidOperationException($"A fresh configuration has a part '{name}'.");

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(ConfigPath) ?? "", name);
}
