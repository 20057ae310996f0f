using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using CbssReturn.Desk;
using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Outbox;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Files;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tls;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Connections;

namespace CbssReturn.Node.Hosting;

/// <summary>A whole node in this process: two hosts and the workers over one set of use cases.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly NodeMaterial _material;
    private readonly NodeConfiguration _configuration;
    private readonly NodeServices _services;
    private readonly NodeReadiness _readiness;
    private readonly PeerConnections _connections;
    private readonly PeerChannels _channels;
    private readonly OutboxWorker _outbox;
    private readonly ReceiptWorker _receipts;
    private readonly RetentionWorker _retention;
    private readonly EpochKeyWorker _epochKeys;
    private readonly DirectoryWorker _directory;
    private readonly AuditServices _audit;
    private readonly AuditWorker _auditWorker;
    private readonly PeerHost _peerHost;
    private readonly DeskHost _deskHost;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;

    private NodeProcess(
        NodeConfiguration configuration,
        NodeMaterial material,
        TimeProvider time,
        ILoggerFactory logging,
        bool signsUnasked)
    {
        (_configuration, _material, _log) = (configuration, material, logging.CreateLogger("CbssReturn.Node"));
        var options = configuration.Options;
        var self = configuration.NodeId;
        var directory = material.Directory;
        var health = new HealthServiceImpl();
        var board = new PeerBoard(time);
        var auditBoard = new AuditBoard(time, _log);
        var (checkpoint, inbox) = (new CheckpointHeader(), new CheckpointInbox());
        var judge = new CertificateJudge(directory, time, material.Authorities);
        _services = new NodeServices(
            new NodeContext(
                self, material.Keys, material.Store, material.Audit, directory, time, configuration.LogOrigin),
            new NodeRefusalLog(_log));
        _audit = new AuditServices(
            _services.Node,
            _services.Keys,
            configuration.LogOrigin,
            options.Audit.Witness ? configuration.WitnessName : null,
            TimeSpan.FromMilliseconds(options.Audit.IntervalMs));
        _readiness = new NodeReadiness(
            self, material.Keys.Identity.Kid, directory, material.Certificate, auditBoard, health, _log);
        _connections = new PeerConnections(directory, options.Limits.ConnectionsPerPeerMax, _log);
        _channels = new PeerChannels(
            self,
            directory,
            material.Certificate,
            judge,
            TimeSpan.FromMilliseconds(options.Delivery.ConnectMs),
            checkpoint,
            time);
        _receipts = new ReceiptWorker(
            Ports.Receipts(_services),
            _channels,
            board,
            directory,
            TimeSpan.FromMilliseconds(options.Audit.IntervalMs),
            time,
            _log);
        _retention = new RetentionWorker(
            _services.Erase.RunAsync, TimeSpan.FromDays(options.Audit.DetailDays), time, _log);
        _outbox = new OutboxWorker(
            Ports.Outbox(_services) with { Settle = SettleAsync },
            _channels,
            board,
            directory,
            options.Delivery,
            time,
            _log);
        _epochKeys = new EpochKeyWorker(
            self, Ports.EpochKeys(_services), directory, _channels, board, time, _log);
        _directory = new DirectoryWorker(
            configuration.DirectoryPath,
            directory,
            new FileWatch(configuration.CertificatePath, configuration.CertificateKeyPath),
            material.Certificate,
            _readiness,
            (_, ct) => _services.Events.DirectoryAppliedAsync(ct),
            EndConnections,
            time,
            _log);

        _auditWorker = new AuditWorker(
            _audit,
            material.Audit,
            new PusherSetting(
                self, directory, _channels, TimeSpan.FromMilliseconds(options.Audit.PushMs), time, _log),
            new LogExport(configuration.ExportPath, configuration.LogOrigin),
            TimeSpan.FromMilliseconds(options.Audit.IntervalMs),
            signsUnasked,
            checkpoint,
            inbox,
            auditBoard);

        var setting = new HostSetting(logging, time, TimeSpan.FromMilliseconds(options.Delivery.DrainMs));
        var limits = new PeerLimits(options.Limits, time);
        var endpoint = new ExchangeEndpoint(
            self,
            Ports.Exchange(_services, _audit),
            directory,
            board,
            limits,
            new ExchangeEndpointOptions(
                TimeSpan.FromMilliseconds(options.Limits.EnvelopeMs), time, _log, _stopping.Token));
        _peerHost = PeerHost.Create(
            options.Listen,
            new PeerTls(
                material.Certificate,
                judge,
                _connections,
                new HandshakeSlots(options.Listen.HandshakesMax, options.Listen.HandshakesPerAddressMax, time, _log),
                _log),
            judge,
            endpoint,
            AuditEndpoints.Create(
                new PeerGate(board, limits, _log, _stopping.Token), Ports.AuditLog(_audit, _services.Details), _log),
            inbox,
            health,
            setting);
        var condition = new NodeCondition(
            self, options.Country, directory, material.Certificate, _readiness, board, auditBoard);
        _deskHost = DeskHost.Create(
            configuration.DeskSocketPath,
            new DeskEndpoint(_services, new NodeStatus(condition, _services, _audit.Identity)),
            new DeskAuthentication(_services.FindActor.FindAsync, _log),
            health,
            setting);
    }

    /// <summary>Where other nodes can call.</summary>
    public IPEndPoint Endpoint => _peerHost.Endpoint;

    /// <summary>Starts a node.</summary>
    /// <param name="configuration">What <c>node.json</c> says.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Where it logs to.</param>
    /// <param name="ct">Ends the start.</param>
    /// <param name="signsUnasked">Whether a person says that the node was not restored from an old copy, so that its
    /// log is signed although nobody can be asked.</param>
    /// <returns>The running node, or why it cannot run; then nothing stays open.</returns>
    public static async Task<Result<NodeProcess>> StartAsync(
        NodeConfiguration configuration,
        TimeProvider time,
        ILoggerFactory logging,
        CancellationToken ct,
        bool signsUnasked = false)
    {
        if (!(await NodeMaterial.OpenAsync(configuration, time)).TryGet(out var material, out var refusal))
        {
            return refusal;
        }

        var node = new NodeProcess(configuration, material, time, logging, signsUnasked);
        if ((await node.StartAsync(ct)).TryGet(out _, out refusal))
        {
            return node;
        }

        await node.DisposeAsync();
        return refusal;
    }

    /// <summary>Stops in an order that loses nothing: no new work, then answers and receipts for what is under way,
    /// then leases back, then the store.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "A host has no synchronization context to deadlock on.")]
    public async Task StopAsync(string reason)
    {
        NodeLog.Stopping(_log, reason);
        _readiness.IsServing = false;
        await _stopping.CancelAsync();
        await _deskHost.StopAsync(CancellationToken.None);
        await Task.WhenAll(_peerHost.StopAsync(CancellationToken.None), _working);
        NodeLog.Stopped(_log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _deskHost.DisposeAsync();
        await _peerHost.DisposeAsync();
        _outbox.Dispose();
        _receipts.Dispose();
        _epochKeys.Dispose();
        _channels.Dispose();
        _connections.Dispose();
        _audit.Dispose();
        _services.Dispose();
        await _material.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task SettleAsync(
        NodeId peer, IReadOnlyList<(ClaimedPacket Packet, DeliveryAnswer Answer)> answers, CancellationToken ct)
    {
        await _services.Dispatch.SettleAsync(peer, answers, ct);
        _receipts.NoteSettled(peer);
    }

    private void EndConnections()
    {
        _connections.EndAll();
        _channels.EndAll();
    }

    private async Task<Result<Done>> StartAsync(CancellationToken ct)
    {
        // The first use of every primitive costs a tenth of a second; no caller should wait for it.
        SealingWarmUp.Run();
        await _services.Events.StartedAsync(ct);
        await _directory.LookAsync(ct);
        await _services.Keys.EnsureAsync(ct);
        try
        {
            await _peerHost.StartAsync(ct);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            return new Refusal(RefusalCode.PortInUse, "Another program listens on the port.", "listen.port");
        }
        catch (SocketException)
        {
            return new Refusal(
                RefusalCode.ConfigurationMalformed, "The node cannot listen on this address and port.", "listen");
        }

        if (!(await _deskHost.StartAsync(ct)).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        _working = Task.WhenAll(
            Task.Run(() => _directory.RunAsync(_stopping.Token), CancellationToken.None),
            Task.Run(() => _epochKeys.RunAsync(_stopping.Token), CancellationToken.None),
            Task.Run(() => _outbox.RunAsync(_stopping.Token), CancellationToken.None),
            Task.Run(() => _receipts.RunAsync(_stopping.Token), CancellationToken.None),
            Task.Run(() => _retention.RunAsync(_stopping.Token), CancellationToken.None),
            Task.Run(() => _auditWorker.RunAsync(_stopping.Token), CancellationToken.None));
        _readiness.IsServing = true;

        // Unlocking the keystore took 64 MiB once; a node that waits for packets gives them back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NodeLog.Started(_log, _configuration.NodeId);
        return Done.Instance;
    }
}
