using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Desk;
using CbssReturn.Exchange.Records;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Workers;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;
using Grpc.Core;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Role = CbssReturn.Desk.Users.Role;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A node without workers: all use cases over a real store and keystore, its peers' port over real TLS, its
/// desk over a real socket. What it notes stays in the intake until a test publishes.</summary>
internal sealed class WalkNode : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Dictionary<Role, Metadata> _users = [];
    private readonly DeskHost _deskHost;
    private readonly GrpcChannel _channel;
    private int _mark;

    private WalkNode(TestAudit audit, NodeServices services, TestCallee callee)
    {
        (Audit, Services, Callee) = (audit, services, callee);
        var (network, health) = (callee.Network, new HealthServiceImpl());
        var board = new AuditBoard(network.Time, callee.Log);
        var readiness = new NodeReadiness(
            audit.Self.Id, audit.Keys.Identity.Kid, network.Directory, callee.Certificate, board, health, callee.Log);
        var condition = new NodeCondition(
            audit.Self.Id, "SE", network.Directory, callee.Certificate, readiness, callee.Board, board);
        _deskHost = DeskHost.Create(
            SocketPath,
            new DeskEndpoint(services, new NodeStatus(condition, services, audit.Services.Identity)),
            new DeskAuthentication(services.FindActor.FindAsync, callee.Log),
            health,
            new HostSetting(callee.Log, network.Time, TimeSpan.FromSeconds(10)));
        _channel = DeskSocket.Connect(SocketPath);
        Desk = new DeskService.DeskServiceClient(_channel);
    }

    public TestAudit Audit { get; }

    public NodeServices Services { get; }

    public TestCallee Callee { get; }

    public DeskService.DeskServiceClient Desk { get; }

    public string Id => Audit.Self.Id.ToString();

    private string SocketPath => _folder.File("desk/desk.sock");

    /// <summary>Starts a node; it stands in the directory that is in force then.</summary>
    public static async Task<WalkNode> StartAsync(TestNetwork network, bool isWitness = false)
    {
        var audit = await TestAudit.CreateAsync(network, isWitness: isWitness);
        audit.Self.IdentityKey = audit.Keys.Identity.Public;
        using var log = new CollectingLog();
        var services = new NodeServices(audit.Context, new NodeRefusalLog(log));
        var callee = await TestCallee.StartAsync(
            network, audit: audit, exchange: Ports.Exchange(services, audit.Services));
        var node = new WalkNode(audit, services, callee);
        Assert.True((await node._deskHost.StartAsync(default)).IsOk);
        await services.Keys.EnsureAsync(default);
        foreach (var role in new[] { Role.Caseworker, Role.NodeAdministrator, Role.SecurityOfficer })
        {
            var user = (await services.Users.AddAsync(null, $"desk.{(byte)role}", role, default)).Value;
            node._users[role] = new Metadata { { "authorization", $"Bearer {user.Token}" } };
        }

        return node;
    }

    /// <summary>What a call of a user carries.</summary>
    public Metadata As(Role role) => _users[role];

    /// <summary>From here on what is noted counts.</summary>
    public async Task MarkAsync() => _mark = (await WaitingAsync()).Count;

    /// <summary>What was noted since the mark, in words: event, outcome, and the kind of the detail.</summary>
    public async Task<IReadOnlyList<string>> SinceMarkAsync() =>
        [.. (await WaitingAsync()).Skip(_mark).Select(InWords)];

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _deskHost.DisposeAsync();
        await Callee.DisposeAsync();
        Services.Dispose();
        await Audit.DisposeAsync();
        _folder.Dispose();
    }

    private Task<IReadOnlyList<AuditIntakeRow>> WaitingAsync() =>
        Audit.Store.ReadAuditIntakeAsync(0, StoreLimits.ListMax, default);

    private string InWords(AuditIntakeRow row)
    {
        if (row is not { DetailDigest: { } digest, Detail: { } content })
        {
            return $"{row.Event} {row.Outcome}";
        }

        var bytes = Audit.Keys.Open("audit_detail", digest.ToArray(), content).Value;
        return $"{row.Event} {row.Outcome} {AuditDetail.Parse(bytes, digest).Value.Kind}";
    }
}
