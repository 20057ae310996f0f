using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>The files of one node, as <c>cbss-node init</c> leaves them in its folder.</summary>
internal sealed class NodeSetup
{
    private NodeSetup(DemoRole role, string folder, string nodeId) => (Role, Folder, NodeId) = (role, folder, nodeId);

    /// <summary>What it is.</summary>
    public DemoRole Role { get; }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>Its id, 32 hex digits.</summary>
    public string NodeId { get; }

    /// <summary>Its configuration.</summary>
    public string ConfigPath => Path.Combine(Folder, "node.json");

    /// <summary>What it wants to have in the directory.</summary>
    public string EntryPath => Path.Combine(Folder, "entry.bin");

    /// <summary>The first administrator's token.</summary>
    public string AdminTokenPath => Path.Combine(Folder, "admin.token");

    /// <summary>The token of the one who works there; written by the demo.</summary>
    public string WorkerTokenPath => Path.Combine(Folder, "worker.token");

    /// <summary>Its log.</summary>
    public string LogPath => Path.Combine(Folder, "node.log");

    /// <summary>Makes a node.</summary>
    /// <param name="program">The node program.</param>
    /// <param name="role">What it is.</param>
    /// <param name="folder">Its folder, which does not exist yet.</param>
    /// <param name="endpoint">host:port at which others reach it.</param>
    /// <param name="listenPort">Port on which it listens.</param>
    /// <param name="authority">Folder of the certificate authority.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<Result<NodeSetup>> MakeAsync(
        NodeProgram program,
        DemoRole role,
        string folder,
        string endpoint,
        int listenPort,
        string authority,
        CancellationToken stop)
    {
        var made = await NodeTool.RunAsync(
            program,
            [
                "init", "--data", folder, "--country", role.Country, "--kind", role.Kind, "--endpoint", endpoint,
                "--authority", authority,
            ],
            stop).ConfigureAwait(false);
        if (!made.TryGet(out _, out var refusal))
        {
            return refusal;
        }

        var path = Path.Combine(folder, "node.json");
        var config = JsonNode.Parse(await File.ReadAllBytesAsync(path, stop).ConfigureAwait(false)) as JsonObject;
        if (config?["node_id"]?.ToString() is not { } nodeId || config["listen"] is not JsonObject listen)
        {
            return new Refusal(RefusalCode.ConfigurationMalformed, "The new node's configuration lacks what the demo needs.");
        }

        listen["port"] = listenPort;
        await File.WriteAllTextAsync(
            path, config.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), stop).ConfigureAwait(false);
        return new NodeSetup(role, folder, nodeId);
    }
}
