using CbssReturn.Cli.Desk;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>One organisation's node in the demo: its files, its process and the two people who talk to its desk.
/// </summary>
internal sealed class DemoNode : IAsyncDisposable
{
    /// <summary>Name of the user who works on cases.</summary>
    public const string Worker = "worker";

    /// <summary>Name of the user who runs the node.</summary>
    public const string Administrator = "administrator";

    private readonly Dictionary<string, DeskConnection> _desks = [];
    private readonly NodeSetup _setup;
    private readonly Func<CancellationToken, Task<Result<NodeProcess>>> _start;
    private NodeProcess? _process;

    private DemoNode(NodeSetup setup, Func<CancellationToken, Task<Result<NodeProcess>>> start) =>
        (_setup, _start) = (setup, start);

    /// <summary>The users whom a step can act as.</summary>
    public static IReadOnlyList<string> Users { get; } = [Worker, Administrator];

    /// <summary>What it is.</summary>
    public DemoRole Role => _setup.Role;

    /// <summary>Its id, 32 hex digits.</summary>
    public string NodeId => _setup.NodeId;

    /// <summary>Its configuration.</summary>
    public string ConfigPath => _setup.ConfigPath;

    /// <summary>Its files.</summary>
    public NodeSetup Files => _setup;

    /// <summary>Which node it is and in which process it runs now, for people.</summary>
    public string Process => FormattableString.Invariant($"node {NodeId}, process {_process?.Id}");

    /// <summary>Codes that its log ended with.</summary>
    public string LastCodes => _process?.LastCodes ?? "";

    /// <summary>Starts the node, adds the one who works there and waits until packets can be sent.</summary>
    /// <param name="program">The node program.</param>
    /// <param name="setup">Its files.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<Result<DemoNode>> StartAsync(
        SisterProgram program, NodeSetup setup, TimeProvider clock, CancellationToken stop)
    {
        var node = new DemoNode(setup, again => NodeProcess.StartAsync(
            program, ["run", "--config", setup.ConfigPath, "--exit-with-stdin"], setup.LogPath, clock, again));
        if (!(await node.StartAsync(stop).ConfigureAwait(false)).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        var ready = await node.OpenDesksAsync(clock, stop).ConfigureAwait(false);
        if (ready.TryGet(out _, out refusal))
        {
            return node;
        }

        await node.DisposeAsync().ConfigureAwait(false);
        return refusal;
    }

    /// <summary>The desk, as one of the users.</summary>
    public DeskConnection Desk(string user) => _desks[user];

    /// <summary>File with a user's token.</summary>
    public string TokenPath(string user) => user == Administrator ? _setup.AdminTokenPath : _setup.WorkerTokenPath;

    /// <summary>Stops the node, does something with its files, and starts it again.</summary>
    /// <param name="whileDown">What is done while it does not run.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>Done, the refusal of what was done, or that of the start.</returns>
    public async Task<Result<Done>> RestartAsync(Func<Result<Done>> whileDown, CancellationToken stop)
    {
        await StopAsync().ConfigureAwait(false);
        var done = whileDown();
        var started = await StartAsync(stop).ConfigureAwait(false);
        return done.Then(_ => started);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var desk in _desks.Values)
        {
            desk.Dispose();
        }

        await StopAsync().ConfigureAwait(false);
    }

    private async Task<Result<Done>> StartAsync(CancellationToken stop)
    {
        var started = await _start(stop).ConfigureAwait(false);
        return started.Then<Done>(process =>
        {
            _process = process;
            return Done.Instance;
        });
    }

    private async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Result<Done>> OpenDesksAsync(TimeProvider clock, CancellationToken stop)
    {
        if (!DeskLocation.Find(null, ConfigPath).TryGet(out var socket, out var refusal)
            || !TokenFile.Read(_setup.AdminTokenPath).TryGet(out var token, out refusal))
        {
            return refusal;
        }

        _desks[Administrator] = new DeskConnection(new DeskAddress(socket, token), clock);
        var request = new AddUserRequest { Alias = "desk.1", Role = Role.UserRole };
        var added = await _desks[Administrator].CallAsync(
            (client, options) => client.AddUserAsync(request, options), stop).ConfigureAwait(false);
        if (!added.TryGet(out var user, out refusal)
            || !TokenFile.WriteNew(_setup.WorkerTokenPath, user.Token).TryGet(out _, out refusal))
        {
            return refusal;
        }

        _desks[Worker] = new DeskConnection(new DeskAddress(socket, user.Token), clock);
        return Done.Instance;
    }
}
