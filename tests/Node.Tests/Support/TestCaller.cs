using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Peers;
using Grpc.Net.Client;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A caller that shows any certificate, or none, and believes everybody, so that only the callee decides.
/// </summary>
internal sealed class TestCaller : IDisposable
{
    /// <param name="callee">Who is called.</param>
    /// <param name="certificate">What is shown; null for nothing.</param>
    /// <param name="checkpointHeader">What stands in the header of the checkpoint; null for none.</param>
    /// <param name="protocols">Versions of TLS.</param>
    public TestCaller(
        TestCallee callee,
        X509Certificate2? certificate,
        string? checkpointHeader = null,
        SslProtocols protocols = SslProtocols.Tls13)
    {
        var context = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocols,
                ClientCertificateContext = context,
                RemoteCertificateValidationCallback = (_, shown, _, _) => Remember(shown),
            },
        };
        Channel = GrpcChannel.ForAddress(
            $"https://{callee.Endpoint}",
            new GrpcChannelOptions
            {
                HttpHandler = checkpointHeader is null ? handler : new Heading(handler, checkpointHeader),
                DisposeHttpClient = true,
            });
        Exchange = new ExchangeService.ExchangeServiceClient(Channel);
    }

    public GrpcChannel Channel { get; }

    public ExchangeService.ExchangeServiceClient Exchange { get; }

    /// <summary>The callee's certificate at the newest handshake.</summary>
    public string? SeenThumbprint { get; private set; }

    public static HelloRequest Hello => new() { ProtocolVersionMin = 1, ProtocolVersionMax = 1 };

    public void Dispose() => Channel.Dispose();

    // Below gRPC, which would not send what is no base64.
    private sealed class Heading(HttpMessageHandler inner, string header) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            request.Headers.TryAddWithoutValidation(CheckpointHeader.Name, header);
            return base.SendAsync(request, ct);
        }
    }

    private bool Remember(X509Certificate? shown)
    {
        SeenThumbprint = (shown as X509Certificate2)?.Thumbprint;
        return true;
    }
}
