using System.CommandLine;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Watch;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor mirror</c>: fetches what is new into the own copies, and nothing else.</summary>
internal static class MirrorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var config = new ConfigOption(isRequired: true);
        var command = new AuditorCommand(
            "mirror",
            "Fetches what is new of the watched logs into the own copies, after it is verified. Exit code 4 when a log "
                + "does not continue what is known of it; then its copy stays as it is.",
            "cbss-auditor mirror --config auditor.json");
        config.AddTo(command);
        context.Run(command, "The logs were not mirrored.", async (parsed, console, stop) =>
        {
            if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
            {
                return refusal;
            }

            using (session)
            {
                var alarms = 0;
                var watcher = new Watcher(new WatcherParts
                {
                    Logs = session.Configuration.Logs,
                    SourcesOf = session.SourcesOf,
                    Store = session.Folder,
                    Time = context.Time,
                    OtherOrigins = session.Configuration.OtherOrigins,
                    OnAlarm = alarm =>
                    {
                        alarms++;
                        AlarmReport.Say(console, alarm);
                    },
                });
                if (!(await watcher.OpenAsync(stop)).TryGet(out _, out refusal))
                {
                    return refusal;
                }

                foreach (var report in await watcher.RunRoundAsync(stop))
                {
                    Say(console, session, report);
                }

                return alarms > 0 ? ExitCode.Audit : ExitCode.Ok;
            }
        });
        return command;
    }

    private static void Say(AuditorConsole console, AuditorSession session, LogReport report)
    {
        var folder = session.Folder.FolderOf(report.Origin);
        console.Say(
            new Line(report.Origin, report.Size, folder, report.Unreachable?.CodeText),
            FormattableString.Invariant($"{report.Origin}: {report.Size} entries in {folder}")
                + (report.Unreachable is { } refusal ? $", not reached: {refusal.Message}" : ""));
    }

    private sealed record Line(string Origin, long Size, string Folder, string? Unreachable);
}
