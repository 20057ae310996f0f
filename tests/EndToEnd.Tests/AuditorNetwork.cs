using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>A focal point and a provider whose log is pushed to it, as programs of their own, and the auditor's program
/// that calls them over mutually authenticated TLS.</summary>
internal sealed class AuditorNetwork : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-auditor-").FullName;
    private readonly List<Process> _running = [];

    private AuditorNetwork()
    {
    }

    public string HubId { get; private set; } = string.Empty;

    public string HubEndpoint { get; private set; } = string.Empty;

    public string HubPin { get; private set; } = string.Empty;

    public string ProviderOrigin { get; private set; } = string.Empty;

    /// <summary>Makes both nodes, signs a directory in which one audits the other, and starts them.</summary>
    /// <param name="withHub">Whether the focal point is started as well.</param>
    /// <param name="options">More options of the provider.</param>
    public static async Task<AuditorNetwork> StartAsync(bool withHub = true, params string[] options)
    {
        var network = new AuditorNetwork();
        await NodeAsync("certs", "authority", "--out", network.At("authority"));
        await NodeAsync("directory", "root", "--out", network.At("root"));
        var ports = FreePorts(2);
        network.HubEndpoint = $"127.0.0.1:{ports[0]}";
        var hub = await network.InitAsync("hub", "FOCAL_POINT", network.HubEndpoint);
        var provider = await network.InitAsync("provider", "PROVIDER", $"127.0.0.1:{ports[1]}");
        network.HubId = (string)hub["node_id"]!;
        network.HubPin = (string)hub["tls_pins"]![0]!;
        network.ProviderOrigin = ((string)provider["audit_log"]!["log_key"]!).Split('+')[0];
        await NodeAsync(
            "directory", "sign", "--root", network.At("root"), "--out", network.At("directory"),
            "--auditor", network.HubId,
            "--entry", network.At("hub", "directory-entry.json"),
            "--entry", network.At("provider", "directory-entry.json"));
        if (withHub)
        {
            await network.RunAsync("hub");
        }

        await network.RunAsync("provider", options);
        return network;
    }

    public string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    /// <summary>Runs a verb of cbss-node that must succeed.</summary>
    public static async Task<string> NodeAsync(params string[] arguments)
    {
        var result = await Cbss.RunAsync(arguments, program: "CbssReturn.Node/cbss-node.dll");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    /// <summary>Asks the provider how it is.</summary>
    public Task<CbssResult> StatusAsync() => Cbss.RunAsync(
    [
        "node", "status", "--config", At("provider", "node.json"),
        "--token-file", At("provider", "administrator.token"),
    ]);

    /// <summary>Runs the auditor's program.</summary>
    public static Task<CbssResult> AuditorAsync(params string[] arguments) =>
        Cbss.RunAsync(arguments, program: "CbssReturn.Auditor/cbss-auditor.dll");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
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

    /// <returns>The entry that the directory takes in.</returns>
    private async Task<JsonNode> InitAsync(string name, string kind, string endpoint)
    {
        await NodeAsync(
            "init", "--passphrase-in-folder", "--data", At(name), "--country", "LV", "--kind", kind,
            "--endpoint", endpoint, "--authority", At("authority"), "--log-domain", "example.org",
            "--directory-root", At("root", "directory-root.pub"), "--directory", At("directory"));
        var config = JsonNode.Parse(await File.ReadAllTextAsync(At(name, "node.json")))!;
        config["audit"]!["interval_ms"] = 1000;
        await File.WriteAllTextAsync(At(name, "node.json"), config.ToJsonString());
        return JsonNode.Parse(await File.ReadAllTextAsync(At(name, "directory-entry.json")))!;
    }

    private async Task RunAsync(string name, params string[] options)
    {
        var start = Cbss.StartInfo(
            ["run", "--config", At(name, "node.json"), "--exit-with-stdin", .. options],
            program: "CbssReturn.Node/cbss-node.dll");
        var process = Process.Start(start) ?? throw new InvalidOperationException("cbss-node was not started.");
        _running.Add(process);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Assert.NotNull(await process.StandardOutput.ReadLineAsync());
    }
}
