using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.State;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary>Does rounds at a fixed phase and says what they find.</summary>
/// <param name="session">What is watched.</param>
/// <param name="console">Where it is said.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchLoop(AuditorSession session, AuditorConsole console, TimeProvider time)
{
    private readonly Dictionary<string, LogStanding> _said = [];
    private int _alarms;

    /// <summary>Does one round, or rounds until it is stopped.</summary>
    /// <returns>The exit code, or the refusal of what was kept before.</returns>
    public async Task<Result<int>> RunAsync(bool isOnce, CancellationToken stop)
    {
        var watcher = new Watcher(new WatcherParts
        {
            Logs = session.Configuration.Logs,
            SourcesOf = session.SourcesOf,
            Store = session.Folder,
            Time = time,
            OtherOrigins = session.Configuration.OtherOrigins,
            Witness = session.Witness,
            WitnessKey = session.Configuration.Witness?.Key,
            GossipNodes = session.GossipNodes,
            TagNodes = session.TagNodes,
            Receipts = new ReceiptFolder(session.Configuration.ReceiptsFolder),
            OnAlarm = alarm =>
            {
                _alarms++;
                AlarmReport.Say(console, alarm);
            },
        });
        if (!(await watcher.OpenAsync(stop)).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        if (isOnce)
        {
            var reports = await watcher.RunRoundAsync(stop);
            foreach (var report in reports)
            {
                Say(report);
            }

            return _alarms > 0 ? ExitCode.Audit : ExitCode.Ok;
        }

        while (true)
        {
            await RunRoundAsync(watcher, stop);
            await Task.Delay(UntilNext(), time, stop);
        }
    }

    private async Task RunRoundAsync(Watcher watcher, CancellationToken stop)
    {
        try
        {
            foreach (var report in await watcher.RunRoundAsync(stop))
            {
                if (_said.GetValueOrDefault(report.Origin, (LogStanding)(-1)) != report.Standing)
                {
                    _said[report.Origin] = report.Standing;
                    Say(report);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk may be emptied; the next round does all of this one again.
            console.Refuse(
                "The round was not finished.",
                new Refusal(
                    RefusalCode.FileUnreadable, "What must be kept cannot be written.", failure.GetType().Name));
        }
    }

    // Half a round after the moments at which nodes publish, so that witnesses have had time.
    private TimeSpan UntilNext()
    {
        var every = session.Configuration.RoundEvery;
        var phase = (time.GetUtcNow().UtcTicks + (every.Ticks / 2)) % every.Ticks;
        return TimeSpan.FromTicks(every.Ticks - phase);
    }

    private void Say(LogReport report)
    {
        var silence = report.Unreachable is { } refusal ? $", not reached: {refusal.Message}" : "";
        console.Say(
            new Line(
                report.Origin, report.Size, report.Standing, report.AlarmCount, report.Unreachable?.CodeText),
            FormattableString.Invariant($"{report.Origin}: {report.Size} entries, {WordOf(report.Standing)}")
                + FormattableString.Invariant($", {report.AlarmCount} alarms{silence}"));
    }

    private static string WordOf(LogStanding standing) => standing switch
    {
        LogStanding.Awake => "awake",
        LogStanding.Asleep => "asleep",
        LogStanding.Stale => "silent in its hours",
        LogStanding.Unwitnessed => "not witnessed",
        _ => throw new InvalidOperationException($"There is no standing {standing}."),
    };

    private sealed record Line(string Origin, long Size, LogStanding Standing, int Alarms, string? Unreachable);
}
