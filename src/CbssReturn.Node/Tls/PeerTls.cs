using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Node.Certificates;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CbssReturn.Node.Tls;

/// <summary>The connection layer of the peers' host: TLS 1.3 only, a client certificate always, judged before the first
/// byte of HTTP is read (docs/spec/exchange.md, section 1).</summary>
/// <remarks>The caller only sees that the connection did not come about; the reason stands in this node's
/// log.</remarks>
internal sealed class PeerTls(
    OwnCertificate certificate,
    CertificateJudge judge,
    PeerConnections connections,
    HandshakeSlots handshakes,
    ILogger log)
{
    /// <summary>Puts TLS and the registry of connections on a listener.</summary>
    public void Use(ListenOptions listener, TimeSpan handshake)
    {
        listener.Protocols = HttpProtocols.Http2;
        listener.Use(next => connection => EnterAsync(connection, next));
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(ServerOptions()),
            HandshakeTimeout = handshake,
        });
        listener.Use(next => connection => RegisterAsync(connection, next));
    }

    private SslServerAuthenticationOptions ServerOptions() => new()
    {
        // A callback has no ClientCertificateMode; these two together are its RequireCertificate, and stricter.
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, shown, _, _) => IsLetIn(shown as X509Certificate2),
        ServerCertificateContext = certificate.Context,
        EnabledSslProtocols = SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = CertificateVerdict.ChainPolicy(judge.Authorities),
        AllowRenegotiation = false,
        AllowTlsResume = false,  // every connection is judged anew
    };

    private bool IsLetIn(X509Certificate2? shown)
    {
        if (judge.Judge(shown, CertificateSide.Client).TryGet(out _, out var refusal))
        {
            return true;
        }

        NodeLog.PeerRefused(log, refusal.Code);
        return false;
    }

    private async Task EnterAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (handshakes.TryTake(connection.RemoteEndPoint) is not { } slot)
        {
            connection.Abort();
            return;
        }

        connection.Features.Set(slot);
        try
        {
            await next(connection);
        }
        finally
        {
            slot.Leave();
        }
    }

    private async Task RegisterAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var shown = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        if (!judge.Judge(shown, CertificateSide.Client).TryGet(out var peer, out var refusal) || shown is null)
        {
            NodeLog.PeerRefused(log, refusal?.Code ?? RefusalCode.CertificateMissing);
            connection.Abort();
            return;
        }

        var entry = new PeerConnection(peer, Digest.FromBytes(PinnedKey.PinOf(shown)), connection);
        if (!connections.TryAdd(entry))
        {
            connection.Abort();
            return;
        }

        // From here on it counts as a connection of its peer.
        connection.Features.Get<HandshakeSlots.Slot>()?.Leave();
        try
        {
            await next(connection);
        }
        finally
        {
            connections.Remove(entry);
        }
    }
}
