using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Outcomes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CbssReturn.Auditor.Nodes;

/// <summary>The way to one node: one HTTP/2 connection over mutually authenticated TLS 1.3, made when it is first
/// needed.</summary>
internal sealed class NodeChannel : IDisposable
{
    /// <summary>Largest message that is taken: sixteen entry bundles and their paths, with room.</summary>
    public const int MessageSizeBytesMax = 4 * 1024 * 1024;

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly GrpcChannel _channel;

    // Written by the TLS handshake, read after the call that it failed.
    private volatile Refusal? _tlsRefusal;

    /// <summary>Prepares the way; nothing is connected yet.</summary>
    /// <param name="address">Where, and whose key is expected.</param>
    /// <param name="own">The certificate to show.</param>
    /// <param name="time">The clock.</param>
    public NodeChannel(NodeAddress address, SslStreamCertificateContext own, TimeProvider time)
    {
        (Address, _time) = (address, time);
        _channel = GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = MakeHandler(own),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MessageSizeBytesMax,
            MaxSendMessageSize = MessageSizeBytesMax,
            MaxRetryAttempts = 1,
        });
        Log = new AuditLogService.AuditLogServiceClient(_channel);
        Witness = new WitnessService.WitnessServiceClient(_channel);
        Reconciliation = new ReconciliationService.ReconciliationServiceClient(_channel);
    }

    /// <summary>Who is called.</summary>
    public NodeAddress Address { get; }

    /// <summary>Reads logs.</summary>
    public AuditLogService.AuditLogServiceClient Log { get; }

    /// <summary>Asks for cosignatures.</summary>
    public WitnessService.WitnessServiceClient Witness { get; }

    /// <summary>Asks for tags.</summary>
    public ReconciliationService.ReconciliationServiceClient Reconciliation { get; }

    /// <summary>Makes one call with its deadline.</summary>
    /// <param name="call">Makes the call; it ends when the token that it is given is cancelled.</param>
    /// <param name="ct">Ends the call earlier.</param>
    /// <param name="explain">What a status means for this call; null for what it always means.</param>
    /// <returns>The answer; or a refusal with <see cref="RefusalCode.NotFound"/> when the node has no such thing, or
    /// with a code of other nodes, of which <see cref="RefusalCode.PeerUnreachable"/> is the usual one.</returns>
    public async Task<Result<TResponse>> CallAsync<TResponse>(
        Func<CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken ct,
        Func<StatusCode, Refusal?>? explain = null)
        where TResponse : class
    {
        // A deadline of gRPC's own would be a moment of the wall clock, which may jump.
        using var deadline = new CancellationTokenSource(CallDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var running = call(new CallOptions(cancellationToken: either.Token));
            return await running;
        }
        catch (RpcException failure)
        {
            ct.ThrowIfCancellationRequested();
            return explain?.Invoke(failure.StatusCode) ?? Explain(failure.StatusCode);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private Refusal Explain(StatusCode status) => _tlsRefusal ?? status switch
    {
        StatusCode.NotFound => new Refusal(RefusalCode.NotFound, "The node has no such log or file."),
        StatusCode.ResourceExhausted => new Refusal(RefusalCode.PeerBusy, "The node takes no calls now."),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new Refusal(
            RefusalCode.PeerRefused, "The node does not show this to the key that called."),
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition => new Refusal(
            RefusalCode.PeerRefused, "The node does not take what was sent."),
        StatusCode.Unimplemented => new Refusal(
            RefusalCode.PeerVersionUnknown, "The node does not know this call."),
        _ => new Refusal(
            RefusalCode.PeerUnreachable, "The node cannot be reached.", localDetail: status.ToString()),
    };

    [SuppressMessage(
        "Security", "CA5359", Justification = "The callback judges by the pin, which is stricter than any chain.")]
    private SocketsHttpHandler MakeHandler(SslStreamCertificateContext own) => new()
    {
        ConnectTimeout = ConnectDeadline,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = own,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            // Stays off the network and trusts no authority of the machine; the pin decides.
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsCallee(shown as X509Certificate2),
            AllowRenegotiation = false,
            AllowTlsResume = false,  // every connection is judged anew
        },
    };

    private bool IsCallee(X509Certificate2? shown)
    {
        _tlsRefusal = CertificateVerdict.FindBreach(shown, Address.Pins, _time.GetUtcNow());
        return _tlsRefusal is null;
    }
}
