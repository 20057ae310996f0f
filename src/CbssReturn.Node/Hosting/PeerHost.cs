using System.Net;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tls;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CbssReturn.Node.Hosting;

/// <summary>The host that other nodes call: TCP, mutually authenticated TLS, the exchange service, the
/// services about audit logs, and health. The
/// desk is not mapped here, so there is nothing to forget (ADR 0003).</summary>
internal sealed class PeerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerHost(WebApplication app) => _app = app;

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint Endpoint
    {
        get
        {
            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            var uri = new Uri(addresses!.Addresses.First());  // Kestrel always has this feature
            return new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
        }
    }

    /// <summary>Puts the host together; <see cref="StartAsync"/> opens the port.</summary>
    /// <typeparam name="TEndpoint">The exchange service.</typeparam>
    /// <param name="listen">Where it listens.</param>
    /// <param name="tls">The connection layer.</param>
    /// <param name="judge">Judges certificates.</param>
    /// <param name="endpoint">The exchange service.</param>
    /// <param name="audit">The services about audit logs.</param>
    /// <param name="inbox">Takes the checkpoints that calls carry.</param>
    /// <param name="health">The health service.</param>
    /// <param name="setting">What hosts are run with.</param>
    public static PeerHost Create<TEndpoint>(
        ListenOptions listen,
        PeerTls tls,
        CertificateJudge judge,
        TEndpoint endpoint,
        AuditEndpoints audit,
        CheckpointInbox inbox,
        HealthServiceImpl health,
        HostSetting setting)
        where TEndpoint : ExchangeService.ExchangeServiceBase
    {
        var builder = HostParts.Builder(setting.Logging, setting.Time, setting.StopTimeout);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = listen.ConnectionsMax;
            kestrel.Listen(
                IPAddress.Parse(listen.Address),
                listen.Port,
                listener => tls.Use(listener, TimeSpan.FromMilliseconds(listen.HandshakeMs)));
        });
        builder.Services.AddSingleton(endpoint);
        builder.Services.AddSingleton(audit.Log);
        builder.Services.AddSingleton(audit.Witness);
        builder.Services.AddSingleton(audit.Reconciliation);
        builder.Services.AddSingleton(health);
        builder.Services.AddSingleton(new CheckpointReceiver(inbox));
        builder.Services.AddGrpc(options => options.Interceptors.Add<CheckpointReceiver>());

        // The core only: the rest would write a key of its own to the home folder, for cookies that nobody uses.
        builder.Services.AddWebEncoders();
        builder.Services.AddAuthenticationCore(
            options => options.DefaultScheme = CertificateAuthenticationDefaults.AuthenticationScheme);
        new AuthenticationBuilder(builder.Services)
            .AddCertificate(options =>
            {
                options.AllowedCertificateTypes = CertificateTypes.All;
                options.ChainTrustValidationMode = X509ChainTrustMode.CustomRootTrust;
                options.CustomTrustStore = judge.Authorities;
                options.RevocationMode = X509RevocationMode.NoCheck;
                options.Events.OnCertificateValidated = context => VouchAsync(context, judge);
            });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        var host = new PeerHost(builder.Build());
        host._app.UseAuthentication();
        host._app.UseAuthorization();
        host._app.MapGrpcService<TEndpoint>().RequireAuthorization();
        host._app.MapGrpcService<AuditLogEndpoint>().RequireAuthorization();
        host._app.MapGrpcService<WitnessEndpoint>().RequireAuthorization();
        host._app.MapGrpcService<ReconciliationEndpoint>().RequireAuthorization();
        host._app.MapGrpcService<HealthServiceImpl>().RequireAuthorization();
        return host;
    }

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port is in use or may not be opened.</exception>
    public Task StartAsync(CancellationToken ct) => _app.StartAsync(ct);

    /// <summary>Takes no more connections and waits for calls to end.</summary>
    public Task StopAsync(CancellationToken ct) => _app.StopAsync(ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task VouchAsync(CertificateValidatedContext context, CertificateJudge judge)
    {
        if (judge.Judge(context.ClientCertificate, CertificateSide.Client).TryGet(out var peer, out var refusal))
        {
            context.Principal = PeerIdentity.Principal(peer, context.Scheme.Name);
            context.Success();
        }
        else
        {
            context.Fail(refusal.CodeText);
        }

        return Task.CompletedTask;
    }
}
