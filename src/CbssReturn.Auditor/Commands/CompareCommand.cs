using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Keys;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.Verify;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor compare</c>: two exported logs against each other.</summary>
internal static class CompareCommand
{
    private const string NotCompared = "The logs were not compared.";

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var first = Folder("folder", "Exported log of one node.");
        var second = Folder("other-folder", "Exported log of the other node.");
        var firstKeys = Keys("--vkeys", "Verifier keys of the one log: its own first, then its witnesses'.");
        var secondKeys = Keys("--other-vkeys", "Verifier keys of the other log.");
        var settled = new Option<bool>("--settled")
        {
            Description = "Nothing more is to come, so what one log lacks now it lacks for good. Without it each side "
                + "has the time that the rules give it.",
        };
        var command = new AuditorCommand(
            "compare",
            "Verifies two logs and compares what they say about the packets between their nodes. Exit code 0 when they "
                + "agree, 4 when one left something out or says something else.",
            "cbss-auditor compare a/export b/export --vkeys a/export.vkeys --other-vkeys b/export.vkeys --settled")
        {
            first, second, firstKeys, secondKeys, settled,
        };
        context.Run(command, NotCompared, async (parsed, console, stop) =>
        {
            if (!VerifierKeyFile.Read(parsed.GetRequiredValue(firstKeys), null).TryGet(out var policy, out var refusal)
                || !VerifierKeyFile.Read(parsed.GetRequiredValue(secondKeys), null).TryGet(out var other, out refusal))
            {
                return refusal;
            }

            var (findings, fault) = await new TwoLogs(
                (new ExportFolder(parsed.GetRequiredValue(first)), policy),
                (new ExportFolder(parsed.GetRequiredValue(second)), other))
                .RunAsync(parsed.GetValue(settled), stop);
            return findings is null
                ? console.Refuse(NotCompared, fault!.Refusal, fault.Index)  // one of the two is there
                : Report(console, findings);
        });
        return command;
    }

    private static int Report(AuditorConsole console, IReadOnlyList<TagFinding> findings)
    {
        if (findings.Count == 0)
        {
            console.Say(new Finding(true), "The two logs agree about the packets between their nodes.");
            return ExitCode.Ok;
        }

        foreach (var found in findings)
        {
            console.Say(
                new Finding(false, found.Kind, found.Level, found.Origin, found.Index, found.Text),
                $"{found.Level} {found.Kind}: {found.Text}",
                FormattableString.Invariant($"  Entry: index {found.Index} of {found.Origin}"));
        }

        return ExitCode.Of(RefusalCode.TagUnmatched);
    }

    private static Argument<string> Folder(string name, string description) => new(name) { Description = description };

    private static Option<string> Keys(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };

    private sealed record Finding(
        bool Ok,
        AlarmKind? Kind = null,
        AlarmLevel? Level = null,
        string? Origin = null,
        long? Index = null,
        string? Text = null);
}
