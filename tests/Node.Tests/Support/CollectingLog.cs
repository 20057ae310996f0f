using System.Collections.Concurrent;
using System.Threading.Channels;
using CbssReturn.Outcomes;
using Microsoft.Extensions.Logging;

namespace CbssReturn.Node.Tests.Support;

/// <summary>Keeps the lines of a log as events that a test can await.</summary>
internal sealed class CollectingLog : ILogger, ILoggerFactory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<(int Id, RefusalCode? Code)> _lines = Channel.CreateUnbounded<(int, RefusalCode?)>();
    private readonly ConcurrentDictionary<int, int> _counts = new();

    /// <summary>Number of lines with this id so far.</summary>
    public int Count(int eventId) => _counts.GetValueOrDefault(eventId);

    /// <summary>Waits for the next line with this id; lines with other ids are passed over.</summary>
    /// <returns>The code in the line; null when it has none.</returns>
    public async Task<RefusalCode?> WaitAsync(int eventId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(patience.Token);
            if (line.Id == eventId)
            {
                return line.Code;
            }
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        RefusalCode? code = null;
        foreach (var (_, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            code ??= value as RefusalCode?;
        }

        _counts.AddOrUpdate(eventId.Id, 1, (_, count) => count + 1);
        _lines.Writer.TryWrite((eventId.Id, code));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // The only provider is this one.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
