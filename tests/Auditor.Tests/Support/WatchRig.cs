using CbssReturn.AuditLog;
using CbssReturn.Auditor.Watch;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

/// <summary>A watcher over logs in memory, and the alarms that it raised.</summary>
internal sealed class WatchRig
{
    private readonly MemoryStore _store = new();
    private Watcher _watcher;

    public WatchRig(FakeTimeProvider time, params MemoryLog[] logs)
        : this(time, parts => parts, logs)
    {
    }

    public WatchRig(FakeTimeProvider time, Func<WatcherParts, WatcherParts> change, params MemoryLog[] logs)
    {
        Time = time;
        var parts = new WatcherParts
        {
            Logs = [.. logs.Select(log => new WatchedLog
            {
                Key = log.Key,
                Policy = WitnessPolicy.Of([log.Key], [], 0).Value,
            })],
            SourcesOf = watched =>
            {
                var source = logs.Single(log => log.Origin == watched.Origin);
                return new LogSources(source, source);
            },
            Store = _store,
            Time = time,
            OnAlarm = raised => Alarms.Add(raised.Alarm),
        };
        Parts = change(parts);
        _watcher = new Watcher(Parts);
    }

    public FakeTimeProvider Time { get; }

    public WatcherParts Parts { get; }

    public List<AuditAlarm> Alarms { get; } = [];

    public IEnumerable<string> Said => Alarms.Select(alarm => alarm.ToString());

    public async Task OpenAsync() => Assert.True((await _watcher.OpenAsync(default)).IsOk);

    public Task RoundAsync() => _watcher.RunRoundAsync(default);

    /// <summary>Starts the auditor again from what it kept.</summary>
    public async Task RestartAsync()
    {
        _watcher = new Watcher(Parts);
        await OpenAsync();
    }
}
