using System.CommandLine;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor gossip</c>: compares what every node has seen of the logs with the own view.</summary>
internal static class GossipCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var config = new ConfigOption(isRequired: true);
        var command = new AuditorCommand(
            "gossip",
            "Asks every node of the configuration which checkpoints of the logs it has seen, and compares them with "
                + "what was audited. Exit code 4 when somebody was shown another log.",
            "cbss-auditor gossip --config auditor.json");
        config.AddTo(command);
        context.Run(command, "The views were not compared.", async (parsed, console, stop) =>
        {
            if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
            {
                return refusal;
            }

            using (session)
            {
                return await CompareAsync(session, console, context.Time, stop);
            }
        });
        return command;
    }

    private static async Task<Result<int>> CompareAsync(
        AuditorSession session, AuditorConsole console, TimeProvider time, CancellationToken stop)
    {
        var (asked, notes, splits) = (0, 0, 0);
        foreach (var log in session.Configuration.Logs)
        {
            if (!session.Folder.Load(log.Origin).TryGet(out var state, out var refusal))
            {
                return refusal;
            }

            var round = new LogRound(
                log, session.SourcesOf(log), session.Folder.MirrorOf(log.Origin), new RoundSettings());
            if (!round.IsSound(state))
            {
                return new Refusal(
                    RefusalCode.FieldMalformed, $"What was kept of {log.Origin} does not fit together.");
            }

            foreach (var node in session.GossipNodes)
            {
                var seen = await node.GetSeenCheckpointsAsync(log.Origin, stop);
                asked += seen.IsOk ? 1 : 0;
                foreach (var note in seen.TryGet(out var shown, out _) ? shown : [])
                {
                    notes++;
                    (var finding, state) = await round.CompareSeenAsync(state, note, stop);
                    if (finding is not null)
                    {
                        splits++;
                        Say(session, console, node, finding, time.GetUtcNow());
                    }
                }
            }
        }

        console.Say(
            new Summary(splits == 0, asked, notes, splits),
            FormattableString.Invariant($"{asked} answers, {notes} checkpoints, {splits} of another view."));
        return splits == 0 ? ExitCode.Ok : ExitCode.Audit;
    }

    private static void Say(
        AuditorSession session, AuditorConsole console, IAuditNode node, Finding finding, DateTimeOffset now)
    {
        var alarm = finding.Alarm with { Text = $"{finding.Alarm.Text} Seen by {node.Name}." };
        AlarmReport.Say(console, new RaisedAlarm(alarm, now, session.Folder.Keep(finding.Cause, alarm)));
    }

    private sealed record Summary(bool Ok, int Answers, int Checkpoints, int OtherViews);
}
