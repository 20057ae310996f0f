using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace CbssReturn.Node.Peers;

/// <summary>The way to one peer: one HTTP/2 connection over mutually authenticated TLS 1.3, made when it is first
/// needed and again when it breaks.</summary>
internal sealed class PeerChannel : IDisposable
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);

    private readonly CertificateJudge _judge;
    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;

    // Written by the TLS handshake, read after the call that it failed.
    private volatile Refusal? _tlsRefusal;
    private volatile bool _isGreeted;

    /// <summary>Prepares the way; nothing is connected yet.</summary>
    /// <param name="peer">Who is called.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="own">This node's certificate as it is now.</param>
    /// <param name="judge">Judges the peer's certificate.</param>
    /// <param name="connect">Time for a connection.</param>
    /// <param name="checkpoint">What every call carries.</param>
    /// <param name="time">The clock.</param>
    public PeerChannel(
        NodeId peer,
        PeerEndpoint endpoint,
        SslStreamCertificateContext own,
        CertificateJudge judge,
        TimeSpan connect,
        CheckpointHeader checkpoint,
        TimeProvider time)
    {
        (Peer, Endpoint, _judge, _time) = (peer, endpoint, judge, time);
        _channel = GrpcChannel.ForAddress($"https://{endpoint}", new GrpcChannelOptions
        {
            HttpHandler = MakeHandler(own, connect),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = DeliverRules.MessageSizeBytesMax,
            MaxSendMessageSize = DeliverRules.MessageSizeBytesMax,
            MaxRetryAttempts = 1,
        });
        var calls = _channel.Intercept(new CheckpointCarrier(checkpoint));
        Client = new ExchangeService.ExchangeServiceClient(calls);
        Log = new AuditLogService.AuditLogServiceClient(calls);
        Witness = new WitnessService.WitnessServiceClient(calls);
    }

    /// <summary>Who is called.</summary>
    public NodeId Peer { get; }

    /// <summary>Where.</summary>
    public PeerEndpoint Endpoint { get; }

    /// <summary>The calls.</summary>
    public ExchangeService.ExchangeServiceClient Client { get; }

    /// <summary>The calls that are about audit logs.</summary>
    public AuditLogService.AuditLogServiceClient Log { get; }

    /// <summary>The calls that ask for cosignatures.</summary>
    public WitnessService.WitnessServiceClient Witness { get; }

    /// <summary>Makes sure, once, that who answers is who was called and that both speak a version.</summary>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.PeerIdentityWrong"/>,
    /// <see cref="RefusalCode.PeerVersionUnknown"/> or as from <see cref="Explain"/>.</returns>
    public async Task<Result<Done>> GreetAsync(CancellationToken ct)
    {
        if (_isGreeted)
        {
            return Done.Instance;
        }

        var request = new HelloRequest
        {
            ProtocolVersionMin = DeliverRules.ProtocolVersionMin,
            ProtocolVersionMax = DeliverRules.ProtocolVersionMax,
        };
        var answered = await CallAsync(
            (client, deadline) => client.HelloAsync(request, cancellationToken: deadline), ct);
        if (!answered.TryGet(out var hello, out var refusal))
        {
            return refusal;
        }

        if (!hello.NodeId.Span.SequenceEqual(Peer.ToArray()))
        {
            return new Refusal(RefusalCode.PeerIdentityWrong, "Who answered says that it is another node.");
        }

        if (hello.ProtocolVersion is < DeliverRules.ProtocolVersionMin or > DeliverRules.ProtocolVersionMax)
        {
            return VersionUnknown();
        }

        _isGreeted = true;
        return Done.Instance;
    }

    /// <summary>Makes one call that is not Deliver, with its deadline.</summary>
    /// <param name="call">Makes the call; it ends when the token that it is given is cancelled.</param>
    /// <param name="ct">Ends the call earlier.</param>
    /// <returns>The answer, or a refusal as from <see cref="Explain"/>.</returns>
    public Task<Result<TResponse>> CallAsync<TResponse>(
        Func<ExchangeService.ExchangeServiceClient, CancellationToken, AsyncUnaryCall<TResponse>> call,
        CancellationToken ct)
        where TResponse : class =>
        CallAsync(token => call(Client, token), DeliverRules.CallDeadline, Explain, ct);

    /// <summary>Makes one call about an audit log, with its deadline.</summary>
    /// <param name="call">Makes the call; it ends when the token that it is given is cancelled.</param>
    /// <param name="timeMax">How long it may take.</param>
    /// <param name="ct">Ends the call earlier.</param>
    /// <returns>The answer, or a refusal with <see cref="RefusalCode.SplitView"/> when the other node holds something
    /// that contradicts what it was shown, <see cref="RefusalCode.LogUnknown"/> when it does not hold what was asked
    /// for, or as from <see cref="Explain"/>.</returns>
    public Task<Result<TResponse>> CallLogAsync<TResponse>(
        Func<CancellationToken, AsyncUnaryCall<TResponse>> call, TimeSpan timeMax, CancellationToken ct)
        where TResponse : class =>
        CallAsync(call, timeMax, ExplainLog, ct);

    /// <summary>Says why a call failed.</summary>
    /// <returns>A refusal with a code of 5101 to 5107 or 5002 when the handshake failed, otherwise
    /// <see cref="RefusalCode.PeerBusy"/>, <see cref="RefusalCode.PeerVersionUnknown"/>,
    /// <see cref="RefusalCode.StreamRuleBroken"/>, <see cref="RefusalCode.PeerRefused"/> or
    /// <see cref="RefusalCode.PeerUnreachable"/>.</returns>
    public Refusal Explain(RpcException failure) => _tlsRefusal ?? failure.StatusCode switch
    {
        StatusCode.ResourceExhausted => new Refusal(RefusalCode.PeerBusy, "The other node takes nothing now."),
        StatusCode.InvalidArgument => new Refusal(
            RefusalCode.StreamRuleBroken, "The other node says that this node's frames break a rule."),
        StatusCode.FailedPrecondition => VersionUnknown(),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new Refusal(
            RefusalCode.PeerRefused, "The other node does not take calls of this node."),
        _ => new Refusal(
            RefusalCode.PeerUnreachable,
            "The other node cannot be reached.",
            localDetail: failure.StatusCode.ToString()),
    };

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private async Task<Result<TResponse>> CallAsync<TResponse>(
        Func<CancellationToken, AsyncUnaryCall<TResponse>> call,
        TimeSpan timeMax,
        Func<RpcException, Refusal> explain,
        CancellationToken ct)
        where TResponse : class
    {
        // A deadline of gRPC's own would be a moment of the wall clock, which may jump.
        using var deadline = new CancellationTokenSource(timeMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var running = call(either.Token);
            return await running;
        }
        catch (RpcException failure)
        {
            return explain(failure);
        }
    }

    private Refusal ExplainLog(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.FailedPrecondition => new Refusal(
            RefusalCode.SplitView, "The other node holds something that contradicts this."),
        StatusCode.NotFound => new Refusal(RefusalCode.LogUnknown, "The other node does not hold this of the log."),
        _ => Explain(failure),
    };

    private static Refusal VersionUnknown() =>
        new(RefusalCode.PeerVersionUnknown, "The two nodes share no protocol version.");

    private SocketsHttpHandler MakeHandler(SslStreamCertificateContext own, TimeSpan connect) => new()
    {
        ConnectTimeout = connect,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingTimeout = PingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = IdleTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = own,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = CertificateVerdict.ChainPolicy(_judge.Authorities),
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsCallee(shown as X509Certificate2),
            AllowRenegotiation = false,
            AllowTlsResume = false,  // every connection is judged anew
        },
    };

    private bool IsCallee(X509Certificate2? shown)
    {
        _tlsRefusal = _judge.Judge(shown, CertificateSide.Server).TryGet(out var node, out var refusal)
            ? node == Peer
                ? null
                : new Refusal(RefusalCode.PeerIdentityWrong, "Who answered is not the node that was called.")
            : refusal;
        return _tlsRefusal is null;
    }
}
