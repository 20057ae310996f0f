using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor reconcile</c>: where the logs of two nodes disagree, once.</summary>
internal static class ReconcileCommand
{
    private const int AheadHoursMax = 1000;

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var config = new ConfigOption(isRequired: true);
        var ahead = new Option<int>("--ahead-hours")
        {
            Description = "Also say what would be found if every log went on for so many hours and said nothing more "
                + "about packets: then nothing is given time.",
            HelpName = "N",
        };
        var command = new AuditorCommand(
            "reconcile",
            "Compares, from the first entry on, what the watched logs say about the packets between their nodes. Exit "
                + "code 4 when two of them disagree.",
            "cbss-auditor reconcile --config auditor.json",
            "cbss-auditor reconcile --config auditor.json --ahead-hours 5")
        {
            ahead,
        };
        config.AddTo(command);
        context.Run(command, "The logs were not compared.", async (parsed, console, stop) =>
        {
            var hours = parsed.GetValue(ahead);
            if (hours is < 0 or > AheadHoursMax)
            {
                return new Refusal(
                    RefusalCode.NumberOutOfRange,
                    FormattableString.Invariant($"The hours are 0 to {AheadHoursMax}."),
                    "--ahead-hours");
            }

            if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
            {
                return refusal;
            }

            using (session)
            {
                return await CompareAsync(session, console, hours, context.Time, stop);
            }
        });
        return command;
    }

    private static async Task<Result<int>> CompareAsync(
        AuditorSession session, AuditorConsole console, int hours, TimeProvider time, CancellationToken stop)
    {
        var logs = session.Configuration.Logs;
        var once = new ReconcileOnce(
            logs.Select(log => log.Origin).Concat(session.Configuration.OtherOrigins),
            session.TagNodes,
            time.GetUtcNow());
        foreach (var log in logs)
        {
            var source = session.SourcesOf(log).InOrder;
            var read = log.HasEntries
                ? await once.ReadAsync(log, source, stop)
                : await once.ReadHeadAsync(log, source, stop);
            if (!read.TryGet(out _, out var refusal))
            {
                return new Refusal(refusal.Code, $"{log.Origin}: {refusal.Message}", refusal.Field);
            }
        }

        var findings = await once.JudgeAsync(TimeSpan.FromHours(hours), stop);
        foreach (var found in findings)
        {
            Say(console, found);
        }

        console.Say(
            new Summary(findings.Count == 0, logs.Count, once.PairCount, findings.Count),
            FormattableString.Invariant($"{logs.Count} logs, {once.PairCount} pairs that name each other, ")
                + FormattableString.Invariant($"{findings.Count} disagreements."));
        return findings.Count == 0 ? ExitCode.Ok : ExitCode.Audit;
    }

    private static void Say(AuditorConsole console, TagFinding found)
    {
        var (kind, level) = (AlarmJson.NameOf(found.Kind), AlarmJson.NameOf(found.Level));
        var next = AlarmNextStep.After(found.Kind);
        console.Say(
            new Finding(
                kind,
                level,
                found.Origin,
                found.Index,
                found.Tag.ToString(),
                found.Sender,
                found.Receiver,
                found.Text,
                next),
            $"{kind} ({level})",
            $"  What:  {found.Text}",
            FormattableString.Invariant($"  Entry: index {found.Index} of {found.Origin}"),
            $"  Next:  {next}");
    }

    private sealed record Finding(
        string Kind,
        string Level,
        string Origin,
        long Index,
        string Tag,
        string Sender,
        string Receiver,
        string Text,
        string Next);

    private sealed record Summary(bool Ok, int Logs, int Pairs, int Disagreements);
}
