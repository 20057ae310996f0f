using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor detail</c>: asks a node what one entry of its log truly says, and holds the answer against
/// the entry in the own copy (docs/spec/audit-log.md, section 2).</summary>
internal static class DetailCommand
{
    private const string NotShown = "The detail was not shown.";

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var index = new Argument<long>("index") { Description = "The entry, counted from 0." };
        index.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<long>() < 0)
            {
                result.AddError("An index is from 0 on.");
            }
        });
        var origin = new Option<string>("--origin")
        {
            Description = "Which log of the configuration.",
            HelpName = "ORIGIN",
            Required = true,
        };
        var config = new ConfigOption(isRequired: true);
        var command = new AuditorCommand(
            "detail",
            "Asks a node what one entry of its log truly says. The node logs who asked. Exit code 4 when the detail is "
                + "not the one that the entry commits to, or is missing though no entry says that it was erased.",
            "cbss-auditor detail 217 --config auditor.json --origin log.example/lv/0123456789abcdef/1")
        {
            index, origin,
        };
        config.AddTo(command);
        context.Run(command, NotShown, async (parsed, console, stop) =>
        {
            if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
            {
                return refusal;
            }

            using (session)
            {
                return await ShowAsync(
                    session,
                    console,
                    parsed.GetRequiredValue(origin),
                    parsed.GetRequiredValue(index),
                    context.Time.GetUtcNow(),
                    stop);
            }
        });
        return command;
    }

    private static async Task<Result<int>> ShowAsync(
        AuditorSession session,
        AuditorConsole console,
        string origin,
        long index,
        DateTimeOffset now,
        CancellationToken stop)
    {
        if (session.Configuration.Logs.FirstOrDefault(log => log.Origin == origin) is not { } log
            || session.NodeOf(log) is not { } node)
        {
            return new Refusal(RefusalCode.LogUnknown, "The configuration names no node with this log.", "--origin");
        }

        if (!session.Folder.Load(origin).TryGet(out var state, out var refusal)
            || !CheckpointReader.Read(state.Note.Span, log.Key, log.Witnesses, 0).TryGet(out var known, out refusal))
        {
            return refusal;
        }

        var begun = await DetailInquiry.BeginAsync(session.Folder.MirrorOf(origin), known, index, stop);
        if (!begun.TryGet(out var inquiry, out refusal))
        {
            return refusal;
        }

        var answer = await node.GetDetailAsync(origin, index, stop);
        if (!(await inquiry.JudgeAsync(answer, stop)).TryGet(out var judged, out refusal))
        {
            return refusal;
        }

        if (judged.Finding is { } finding)
        {
            var evidence = session.Folder.Keep(finding.Cause, finding.Alarm);
            AlarmReport.Say(console, new RaisedAlarm(finding.Alarm, now, evidence));
            return ExitCode.Audit;
        }

        return Say(console, origin, index, inquiry.Entry, judged.Detail!);  // one of the two is there
    }

    private static int Say(AuditorConsole console, string origin, long index, LogEntry entry, EntryDetail detail)
    {
        var content = DetailText.Read(detail);
        List<string> lines =
        [
            FormattableString.Invariant($"Entry {index} of {origin}, {entry.At:u}"),
            $"  Kind: {DetailText.KindOf(detail.Kind)}",
            .. content.Select(field => $"  {field.Key}: {field.Value}"),
        ];
        console.Say(
            new Report(origin, index, entry.At, DetailText.KindOf(detail.Kind), content), lines);
        return ExitCode.Ok;
    }

    private sealed record Report(
        string Origin, long Index, DateTimeOffset At, string Kind, IReadOnlyDictionary<string, string> Detail);
}
