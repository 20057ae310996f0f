using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CbssReturn.NodeRig;

/// <summary>A few provider nodes on loopback that share an authority and a directory, each in a folder of its own.
/// </summary>
public sealed class RigNetwork : IAsyncDisposable
{
    private readonly string _folder;

    private RigNetwork(string folder, IReadOnlyList<RigNode> nodes) => (_folder, Nodes) = (folder, nodes);

    /// <summary>The nodes; none is started yet.</summary>
    public IReadOnlyList<RigNode> Nodes { get; }

    /// <summary>Makes keys, certificates and a directory in a fresh temporary folder.</summary>
    /// <param name="count">How many nodes.</param>
    /// <param name="checkpointMs">How often they publish a checkpoint; null for the default.</param>
    public static async Task<RigNetwork> CreateAsync(int count, int? checkpointMs = null)
    {
        var folder = Directory.CreateTempSubdirectory("cbss-rig-").FullName;
        string At(params string[] parts) => Path.Combine([folder, .. parts]);
        await Task.WhenAll(
            NodeProgram.RunAsync("certs", "authority", "--out", At("authority")),
            NodeProgram.RunAsync("directory", "root", "--out", At("root")));
        var ports = FreePorts(count);
        var folders = Enumerable.Range(0, count).Select(index => At($"node{index}")).ToList();
        await Task.WhenAll(folders.Select((data, index) => NodeProgram.RunAsync(
            "init", "--passphrase-in-folder", "--data", data,
            "--country", index % 2 == 0 ? "LV" : "NO", "--kind", "PROVIDER",
            "--endpoint", $"127.0.0.1:{ports[index]}", "--authority", At("authority"),
            "--directory-root", At("root", "directory-root.pub"), "--directory", At("directory"))));
        await NodeProgram.RunAsync(
            ["directory", "sign", "--root", At("root"), "--out", At("directory"),
            .. folders.SelectMany(data => new[] { "--entry", Path.Combine(data, "directory-entry.json") })]);
        foreach (var data in checkpointMs is null ? [] : folders)
        {
            var path = Path.Combine(data, "node.json");
            var config = JsonNode.Parse(await File.ReadAllBytesAsync(path))!;
            config["audit"]!["interval_ms"] = checkpointMs;
            await File.WriteAllTextAsync(path, config.ToJsonString());
        }

        return new RigNetwork(folder, [.. folders.Select(data => new RigNode(data))]);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static List<int> FreePorts(int count)
    {
        var held = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        held.ForEach(listener => listener.Start());
        var ports = held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        held.ForEach(listener => listener.Dispose());
        return ports;
    }
}
