using System.Net;
using System.Net.Sockets;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>The five running nodes, with a certificate authority and a directory root of their own.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly List<DemoNode> _nodes = [];
    private readonly List<WireRelay> _relays = [];

    private DemoWorld(TimeProvider clock) => Clock = clock;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The nodes, in the order of <see cref="DemoRole.All"/>.</summary>
    public IReadOnlyList<DemoNode> Nodes => _nodes;

    /// <summary>Makes and starts everything.</summary>
    /// <param name="program">The node program.</param>
    /// <param name="folder">Where all files go.</param>
    /// <param name="recordFolder">Where the bytes between nodes are kept; null for nowhere.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="story">Where it is told.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<Result<DemoWorld>> StartAsync(
        SisterProgram program,
        DemoFolder folder,
        string? recordFolder,
        TimeProvider clock,
        DemoStory story,
        CancellationToken stop)
    {
        var world = new DemoWorld(clock);
        var isStarted = false;
        try
        {
            var started = await world.StartAsync(program, folder, recordFolder, story, stop).ConfigureAwait(false);
            isStarted = started.TryGet(out _, out var refusal);
            return isStarted ? world : refusal!;  // TryGet gives one of the two
        }
        finally
        {
            if (!isStarted)
            {
                await world.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The node of an organisation.</summary>
    /// <exception cref="Json.JsonRefusedException">There is none of this name.</exception>
    public DemoNode Node(string name) => _nodes.Find(node => node.Role.Name == name)
        ?? throw Scenarios.JsonFields.Refused(RefusalCode.CodeUnknown, "from", "There is no such organisation.");

    /// <summary>Stops all nodes at once, then the relays.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask())).ConfigureAwait(false);
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Result<Done>> StartAsync(
        SisterProgram program, DemoFolder folder, string? recordFolder, DemoStory story, CancellationToken stop)
    {
        var tools = await AllAsync(
            NodeTool.RunAsync(program, ["certs", "authority", "--out", folder.Authority], stop),
            NodeTool.RunAsync(program, ["directory", "root", "--out", folder.Root], stop)).ConfigureAwait(false);
        if (!tools.TryGet(out _, out var refusal))
        {
            return refusal;
        }

        var ports = FreePorts(DemoRole.All.Count);
        var made = await AllAsync([.. DemoRole.All.Select((role, place) => NodeSetup.MakeAsync(
            program, role, folder, PublicPort(role, ports[place], recordFolder), ports[place], stop))])
            .ConfigureAwait(false);
        if (!made.TryGet(out var setups, out refusal)
            || !(await SignDirectoryAsync(program, folder, setups, stop).ConfigureAwait(false))
                .TryGet(out _, out refusal))
        {
            return refusal;
        }

        story.Tell("Keys, certificates and a signed directory for five nodes were made.", "demo", true, folder.Path);
        var starting = setups.Select(setup => DemoNode.StartAsync(program, setup, Clock, stop)).ToList();
        Refusal? failure = null;
        foreach (var start in starting)
        {
            // Every start is awaited, also after one that failed, so that none is left running.
            if ((await start.ConfigureAwait(false)).TryGet(out var node, out var refused))
            {
                _nodes.Add(node);
                story.Tell($"{node.Role.Title} runs as a node of its own.", node.Role.Name, true, node.Process);
            }
            else
            {
                failure ??= refused;
            }
        }

        return failure is null ? Done.Instance : failure;
    }

    private int PublicPort(DemoRole role, int listenPort, string? recordFolder)
    {
        if (recordFolder is null)
        {
            return listenPort;
        }

        var relay = new WireRelay(recordFolder, role.Name, listenPort);
        _relays.Add(relay);
        return relay.Port;
    }

    private static Task<Result<string>> SignDirectoryAsync(
        SisterProgram program, DemoFolder folder, IReadOnlyList<NodeSetup> setups, CancellationToken stop) =>
        NodeTool.RunAsync(
            program,
            [
                "directory", "sign", "--root", folder.Root,
                .. setups.SelectMany(setup => new[] { "--entry", setup.EntryPath }), "--out", folder.Directory,
                "--auditor", setups.Single(setup => setup.Role.Kind == DemoRole.FocalPointKind).NodeId,
            ],
            stop);

    private static async Task<Result<IReadOnlyList<T>>> AllAsync<T>(params IReadOnlyList<Task<Result<T>>> tasks)
        where T : notnull
    {
        var values = new List<T>();
        foreach (var result in await Task.WhenAll(tasks).ConfigureAwait(false))
        {
            if (!result.TryGet(out var value, out var refusal))
            {
                return refusal;
            }

            values.Add(value);
        }

        return values;
    }

    // Held together until all are known, so that no two are the same; then free for the nodes to take.
    private static List<int> FreePorts(int count)
    {
        var held = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            held.ForEach(listener => listener.Start());
            return [.. held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            held.ForEach(listener => listener.Dispose());
        }
    }
}
