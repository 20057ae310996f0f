using CbssReturn.Node.Peers;

namespace CbssReturn.Node.Hosting;

/// <summary>What the two hosts have in common. Nothing is read from the environment or from files beside the program: a
/// variable that somebody left behind must not open a port.</summary>
internal static class HostParts
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    /// <summary>An empty builder with Kestrel, gRPC and the process's own logging and clock.</summary>
    public static WebApplicationBuilder Builder(ILoggerFactory logging, TimeProvider time, TimeSpan stopTimeout)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "cbss-node" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 64;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;
            kestrel.Limits.Http2.KeepAlivePingDelay = PingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 2 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        });
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, ManualLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = stopTimeout);
        builder.Services.AddRouting();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = DeliverRules.MessageSizeBytesMax;
            options.MaxSendMessageSize = DeliverRules.MessageSizeBytesMax;
            options.EnableDetailedErrors = false;
        });
        return builder;
    }
}
