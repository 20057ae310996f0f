using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.State;
using CbssReturn.Auditor.Verify;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor check-evidence</c>: what the evidence of an alarm proves by itself.</summary>
internal static class CheckEvidenceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var folder = new Argument<string>("folder")
        {
            Description = "Evidence folder of an alarm, with its alarm.json.",
        };
        var trust = new TrustOptions();
        var command = new AuditorCommand(
            "check-evidence",
            "Checks the evidence of an alarm that somebody raised, with nothing but public keys, and says what it "
                + "proves and what remains the word of who raised it. Exit code 4 when it does not prove what it must.",
            "cbss-auditor check-evidence evidence/split_view-0123456789abcdef --vkeys a.vkeys --quorum 0")
        {
            folder,
        };
        trust.AddTo(command);
        context.Run(command, "The evidence does not hold.", (parsed, console, _) => Task.FromResult(
            trust.Read(parsed).Then(policy =>
                SmallFile.Read(
                        Path.Combine(parsed.GetRequiredValue(folder), AuditorFolder.AlarmFile), AlarmJson.SizeBytesMax)
                    .Then(bytes => AlarmJson.Parse(bytes))
                    .Then(alarm => EvidenceCheck.Check(alarm, policy).Then<int>(proven =>
                    {
                        Say(console, alarm, proven);
                        return ExitCode.Ok;
                    })))));
        return command;
    }

    private static void Say(AuditorConsole console, AuditAlarm alarm, IReadOnlyList<string> proven)
    {
        var kind = AlarmJson.NameOf(alarm.Kind);
        console.Say(
            new Report(true, kind, alarm.Origin, alarm.Index, proven),
            [$"The evidence of {kind} about {alarm.Origin} holds.", .. proven.Select(line => $"  {line}")]);
    }

    private sealed record Report(bool Ok, string Kind, string Origin, long? Index, IReadOnlyList<string> Proven);
}
