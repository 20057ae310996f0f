using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using CbssReturn.Contracts.Desk.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Data.Sqlite;

namespace CbssReturn.NodeRig;

/// <summary>One node: its folder, its process while it runs, and its desk.</summary>
public sealed class RigNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly List<string> _log = [];
    private readonly Dictionary<string, SqliteCommand> _counts = [];
    private SqliteConnection? _database;
    private Process? _process;
    private GrpcChannel? _channel;
    private string? _token;

    internal RigNode(string folder)
    {
        _folder = folder;
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "node.json")));
        Id = config.RootElement.GetProperty("node_id").GetString()!;
    }

    /// <summary>The node's id.</summary>
    public string Id { get; }

    /// <summary>Another build of the node's program; null for the one beside this.</summary>
    public string? ProgramPath { get; set; }

    /// <summary>Process id of the running node, or of its wrapper.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>The folder with the node's files.</summary>
    public string Folder => _folder;

    /// <summary>The last lines of the node's log, for a test's failure.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log.TakeLast(30));
            }
        }
    }

    /// <summary>The desk service; <see cref="StartAsync"/> first.</summary>
    public DeskService.DeskServiceClient Desk => new(_channel);

    /// <summary>A caseworker's credentials; <see cref="AddCaseworkerAsync"/> first.</summary>
    public Metadata Caseworker => new() { { "authorization", $"Bearer {_token}" } };

    /// <summary>Starts the node and waits until it says that it is ready.</summary>
    public async Task StartAsync(params string[] wrapper)
    {
        var start = NodeProgram.StartInfo(
            wrapper, ["run", "--config", Path.Combine(_folder, "node.json"), "--exit-with-stdin"], ProgramPath);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        if (await _process.StandardOutput.ReadLineAsync() is null)
        {
            throw new InvalidOperationException($"The node did not start: {Log}");
        }

        _channel?.Dispose();
        _channel = GrpcChannel.ForAddress(
            "http://desk", new GrpcChannelOptions { HttpHandler = SocketHandler(), DisposeHttpClient = true });
    }

    /// <summary>Adds the one caseworker of this rig; once in a node's life.</summary>
    public async Task AddCaseworkerAsync()
    {
        var admin = (await File.ReadAllTextAsync(Path.Combine(_folder, "administrator.token"))).Trim();
        var user = await Desk.AddUserAsync(
            new AddUserRequest { Alias = "rig.worker", Role = Role.Caseworker },
            new Metadata { { "authorization", $"Bearer {admin}" } });
        _token = user.Token;
    }

    /// <summary>Ends the process at once, as a loss of power would.</summary>
    public async Task KillAsync()
    {
        // The process itself first: walking its tree takes milliseconds, in which much is delivered.
        _process!.Kill();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops the node in good order.</summary>
    public async Task StopAsync()
    {
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the node's own database one number, from outside and without disturbing it.</summary>
    public long Count(string sql)
    {
        if (!_counts.TryGetValue(sql, out var command))
        {
            command = OpenDatabase().CreateCommand();
            command.CommandText = sql;
            _counts.Add(sql, command);
        }

        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Reads one column of the node's own database as hexadecimal text.</summary>
    public IReadOnlyList<string> Column(string sql)
    {
        using var command = OpenDatabase().CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>Looks again and again until something holds. Nothing tells one process of another's commits; looking
    /// without a pause would take one of two cores from what is looked at.</summary>
    /// <param name="holds">Asks the node's database.</param>
    /// <param name="timeMax">How long at most.</param>
    /// <param name="pause">Between two looks; a millisecond when not given.</param>
    /// <exception cref="TimeoutException">It does not hold in time; the message has the end of the node's log.
    /// </exception>
    public async Task UntilAsync(Func<RigNode, bool> holds, TimeSpan timeMax, TimeSpan? pause = null)
    {
        ArgumentNullException.ThrowIfNull(holds);
        var start = TimeProvider.System.GetTimestamp();
        while (!holds(this))
        {
            if (TimeProvider.System.GetElapsedTime(start) > timeMax)
            {
                throw new TimeoutException($"Not in time at {_folder}: {Log}");
            }

            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        foreach (var command in _counts.Values)
        {
            await command.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private SqliteConnection OpenDatabase()
    {
        if (_database is null)
        {
            var path = Path.Combine(_folder, "node.db");
            _database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=false");
            _database.Open();
        }

        return _database;
    }

    private SocketsHttpHandler SocketHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder, "desk", "desk.sock")), ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }
}
