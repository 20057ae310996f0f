namespace CbssReturn.Node.Hosting;

/// <summary>What a host is run with.</summary>
/// <param name="Logging">The process's log.</param>
/// <param name="Time">The clock.</param>
/// <param name="StopTimeout">How long a stop waits for calls to end.</param>
internal sealed record HostSetting(ILoggerFactory Logging, TimeProvider Time, TimeSpan StopTimeout);
