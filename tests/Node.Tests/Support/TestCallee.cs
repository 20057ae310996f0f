using System.Net;
using System.Security.Cryptography;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk;
using CbssReturn.Desk.Receipts;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Grpc.HealthCheck;
using Grpc.Health.V1;

namespace CbssReturn.Node.Tests.Support;

/// <summary>The peers' host of one node on a free port of loopback, with real TLS, over ports that a test
/// sets.</summary>
internal sealed class TestCallee : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly PeerHost _host;

    private TestCallee(
        TestNetwork network, LimitOptions limits, ListenOptions listen, bool withAuthority, TestAudit? audit,
        ExchangePorts? exchange)
    {
        Network = network;
        Self = audit?.Self ?? network.AddPeer();
        WriteCertificate();
        Certificate = OwnCertificate.Load(CertificatePath, KeyPath, network.Time).Value;
        Judge = new CertificateJudge(
            network.Directory, network.Time, withAuthority ? [network.Authority] : []);
        Connections = new PeerConnections(network.Directory, limits.ConnectionsPerPeerMax, Log);
        Board = new PeerBoard(network.Time);
        Limits = new PeerLimits(limits, network.Time);
        var health = new HealthServiceImpl();
        health.SetStatus(string.Empty, HealthCheckResponse.Types.ServingStatus.Serving);
        var ports = exchange ?? new ExchangePorts
        {
            Receive = (envelope, peer, ct) => Receive(envelope, peer, ct),
            FindReceipt = (id, peer, _) => Task.FromResult(FindReceipt(id, peer)),
            FinalReceipts = (ids, peer, _) => Task.FromResult(FinalReceipts(ids, peer)),
            PublishedKeys = (_, _) => Task.FromResult(Keys),
            Sequences = (ids, peer, _) => Task.FromResult(Sequences(ids, peer)),
        };
        _host = PeerHost.Create(
            listen,
            new PeerTls(
                Certificate,
                Judge,
                Connections,
                new HandshakeSlots(listen.HandshakesMax, listen.HandshakesPerAddressMax, network.Time, Log),
                Log),
            Judge,
            new LingeringEndpoint(
                new ExchangeEndpoint(
                    Self.Id,
                    ports,
                    network.Directory,
                    Board,
                    Limits,
                    new ExchangeEndpointOptions(
                        TimeSpan.FromMilliseconds(limits.EnvelopeMs), network.Time, Log, _stopping.Token)),
                () => BeforeStreamEnds),
            AuditEndpoints.Create(
                new PeerGate(Board, Limits, Log, _stopping.Token), audit?.Ports ?? NoPorts, Log),
            Inbox,
            health,
            new HostSetting(Log, network.Time, TimeSpan.FromSeconds(20)));
    }

    // Of a callee that nobody asks about audit logs.
    private static AuditLogPorts NoPorts => new()
    {
        Serve = null!,
        Mirror = null!,
        Witness = null!,
        Tags = null!,
        Detail = null!,
    };

    public TestNetwork Network { get; }

    public TestPeer Self { get; }

    public CollectingLog Log { get; } = new();

    public OwnCertificate Certificate { get; }

    public CertificateJudge Judge { get; }

    public PeerConnections Connections { get; }

    public PeerBoard Board { get; }

    public PeerLimits Limits { get; }

    /// <summary>The checkpoints that calls carried.</summary>
    public CheckpointInbox Inbox { get; } = new();

    public IPEndPoint Endpoint => _host.Endpoint;

    public string CertificatePath => _folder.File(CertificateFiles.NodeCertificate);

    public string KeyPath => _folder.File(CertificateFiles.NodeKey);

    public Func<ReadOnlyMemory<byte>, NodeId, CancellationToken, Task<DeliveryAnswer>> Receive { get; set; } =
        (_, _, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Unsigned());

    public Func<PacketId, NodeId, Result<StoredReceipt>> FindReceipt { get; set; } =
        (_, _) => new Refusal(RefusalCode.NotFound, "There is none.");

    public Func<IReadOnlyList<PacketId>, NodeId, IReadOnlyList<FinalReceipt>> FinalReceipts { get; set; } =
        (_, _) => [];

    public Func<IReadOnlyList<ConversationId>, NodeId, IReadOnlyList<ulong>> Sequences { get; set; } =
        (ids, _) => [.. ids.Select(_ => 0UL)];

    /// <summary>A Deliver stream does not end before this does.</summary>
    public Task BeforeStreamEnds { get; set; } = Task.CompletedTask;

    public IReadOnlyList<Desk.Keys.SignedKey> Keys { get; set; } = [];

    /// <summary>Starts a callee and publishes a directory with its endpoint.</summary>
    public static async Task<TestCallee> StartAsync(
        TestNetwork network,
        LimitOptions? limits = null,
        ListenOptions? listen = null,
        bool withAuthority = true,
        TestAudit? audit = null,
        ExchangePorts? exchange = null)
    {
        var callee = new TestCallee(
            network, limits ?? new LimitOptions(), listen ?? new ListenOptions { Port = 0 }, withAuthority, audit,
            exchange);
        await callee._host.StartAsync(CancellationToken.None);
        callee.Self.Endpoint = PeerEndpoint.Parse(callee.Endpoint.ToString()).Value;
        network.Publish();
        return callee;
    }

    /// <summary>A receipt of the right sizes.</summary>
    public static DeliveryAnswer.Receipted Receipt() => new(new StoredReceipt(
        RandomNumberGenerator.GetBytes(StoredReceipt.RecordSizeBytes),
        RandomNumberGenerator.GetBytes(StoredReceipt.SignatureSizeBytes)));

    public void WriteCertificate()
    {
        Assert.True(CertificateFiles.Write(CertificatePath, Self.Certificate).IsOk);
        Assert.True(CertificateFiles.WriteKey(KeyPath, Self.Key).IsOk);
    }

    public void BeginStop() => _stopping.Cancel();

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _host.DisposeAsync();
        Connections.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }
}
