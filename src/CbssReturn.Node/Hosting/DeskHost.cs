using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CbssReturn.Node.Hosting;

/// <summary>The host that this node's own people call: a Unix domain socket with mode 0600 in a folder with mode
/// 0700, the desk service and health. The exchange is not mapped here (ADR 0003).</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private const UnixFileMode SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly WebApplication _app;
    private readonly string _socketPath;

    private DeskHost(WebApplication app, string socketPath) => (_app, _socketPath) = (app, socketPath);

    /// <summary>Puts the host together; <see cref="StartAsync"/> opens the socket.</summary>
    /// <typeparam name="TEndpoint">The desk service.</typeparam>
    public static DeskHost Create<TEndpoint>(
        string socketPath,
        TEndpoint endpoint,
        DeskAuthentication authentication,
        HealthServiceImpl health,
        HostSetting setting)
        where TEndpoint : DeskService.DeskServiceBase
    {
        var builder = HostParts.Builder(setting.Logging, setting.Time, setting.StopTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(socketPath, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(endpoint);
        builder.Services.AddSingleton(authentication);
        builder.Services.AddSingleton(health);
        builder.Services.AddGrpc().AddServiceOptions<TEndpoint>(
            options => options.Interceptors.Add<DeskAuthentication>());

        var host = new DeskHost(builder.Build(), socketPath);
        host._app.MapGrpcService<TEndpoint>();
        host._app.MapGrpcService<HealthServiceImpl>();
        return host;
    }

    /// <summary>Opens the socket.</summary>
    /// <returns>Done, or what <see cref="PrivateFiles.MakeFolder"/> refuses.</returns>
    public async Task<Result<Done>> StartAsync(CancellationToken ct)
    {
        // The folder closes the moment between the socket's appearance and its mode.
        if (!PrivateFiles.MakeFolder(Path.GetDirectoryName(_socketPath)!).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        // One that a killed process left. Nobody listens on it: the data folder's lock is ours.
        File.Delete(_socketPath);
        await _app.StartAsync(ct);
        File.SetUnixFileMode(_socketPath, SocketMode);
        return Done.Instance;
    }

    /// <summary>Takes no more calls and waits for those under way.</summary>
    public Task StopAsync(CancellationToken ct) => _app.StopAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (File.Exists(_socketPath))
        {
            File.Delete(_socketPath);
        }
    }
}
