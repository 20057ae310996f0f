using CbssReturn.Node.Configuration;

namespace CbssReturn.Node.Hosting;

/// <summary>Makes the log: JSON lines on standard error, so that standard output belongs to scripts.</summary>
internal static class NodeLogging
{
    /// <summary>Makes the factory.</summary>
    public static ILoggerFactory Create(LogOptions options) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(options.Level);

        // What the framework says below a warning tells who called what, and when.
        logging.AddFilter("Microsoft", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
        logging.AddFilter("Grpc", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);

        // A host that does not start is told as a refusal.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.IncludeScopes = false;
        });
    });
}
