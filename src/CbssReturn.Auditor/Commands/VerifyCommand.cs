using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Keys;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor verify</c>: a whole log, once.</summary>
internal static class VerifyCommand
{
    private const string NotVerified = "The log was not verified.";

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "Exported log: the folder in which checkpoint and tile lie.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var origin = new Option<string>("--origin")
        {
            Description = "With --node: which log; the node's own when it is not named.",
            HelpName = "ORIGIN",
            DefaultValueFactory = _ => string.Empty,
        };
        var old = new Option<string?>("--old-checkpoint")
        {
            Description = "An earlier signed checkpoint of the log, which this one must continue.",
            HelpName = "FILE",
        };
        var from = new Option<long>("--from-size")
        {
            Description = "Size of the old checkpoint, when entries below it need not be hashed again.",
            HelpName = "N",
        };
        var evidence = new Option<string?>("--evidence")
        {
            Description = "Folder in which what is wrong is kept, with its proof.",
            HelpName = "DIR",
        };
        var trust = new TrustOptions();
        var node = new NodeOptions();
        var config = new ConfigOption(isRequired: false);
        var command = new AuditorCommand(
            "verify",
            "Verifies a log from its first entry: form and signature of the checkpoint, witnesses, every entry, every "
                + "tile, the root. Exit code 0 when all is right, 4 when the log is wrong.",
            "cbss-auditor verify demo/a/export --vkeys demo/a/export.vkeys",
            "cbss-auditor verify demo/a/export --vkeys demo/a/export.vkeys --old-checkpoint yesterday",
            "cbss-auditor verify --node node.example:7443 --pin PIN --client-cert tls.crt.pem --client-key tls.key.pem "
                + "--vkeys node.vkeys",
            "cbss-auditor verify --config auditor.json")
        {
            folder, origin, old, from, evidence,
        };
        trust.AddTo(command);
        node.AddTo(command);
        config.AddTo(command);
        context.Run(command, NotVerified, async (parsed, console, stop) =>
        {
            if (config.IsNamed(parsed))
            {
                return await VerifyConfiguredAsync(config.Open(parsed, context.Time), console, stop);
            }

            if (!trust.Read(parsed).TryGet(out var policy, out var refusal)
                || !ReadOld(parsed.GetValue(old), parsed.GetValue(from)).TryGet(out var oldNote, out refusal))
            {
                return refusal;
            }

            var job = new VerifyJob(policy, oldNote.Bytes, parsed.GetValue(from), parsed.GetValue(evidence), console);
            if (parsed.GetValue(folder) is { } path)
            {
                return node.IsNamed(parsed)
                    ? Wrong("Either a folder or a node is verified.", "--node")
                    : await job.RunAsync(new ExportFolder(path), stop);
            }

            if (!node.IsNamed(parsed))
            {
                return Wrong("Name the folder of an exported log, or a node.", "folder");
            }

            if (!node.Open(parsed, context.Time).TryGet(out var line, out refusal))
            {
                return refusal;
            }

            using (line)
            {
                var source = new NodeLog(line.Channel, parsed.GetValue(origin) ?? string.Empty, isReadInOrder: true);
                return await job.RunAsync(source, stop);
            }
        });
        return command;
    }

    private static async Task<Result<int>> VerifyConfiguredAsync(
        Result<AuditorSession> opened, AuditorConsole console, CancellationToken stop)
    {
        if (!opened.TryGet(out var session, out var wrong))
        {
            return wrong;
        }

        using (session)
        {
            var exitCode = ExitCode.Ok;
            foreach (var log in session.Configuration.Logs.Where(log => log.HasEntries))
            {
                var job = new VerifyJob(LogPolicy.Of(log.Key, log.Policy), null, 0, null, console);
                try
                {
                    var verified = await job.RunAsync(session.SourcesOf(log).InOrder, stop);
                    exitCode = Math.Max(exitCode, verified.Value);  // a fault is said, and is an exit code
                }
                catch (SourceUnreachableException silence)
                {
                    var refusal = new Refusal(silence.Refusal.Code, silence.Refusal.Message, log.Origin);
                    exitCode = Math.Max(exitCode, console.Refuse(NotVerified, refusal));
                }
            }

            return exitCode;
        }
    }

    private static Result<EarlierNote> ReadOld(string? path, long fromSize) => (path, fromSize) switch
    {
        (null, 0) => new EarlierNote(null),
        (null, _) => Wrong("What is below a size is believed only with the old checkpoint.", "--old-checkpoint"),
        (_, < 0) => Wrong("A size is 0 or more.", "--from-size"),
        _ => SmallFile.Read(path, SignedNote.SizeBytesMax).Then<EarlierNote>(bytes => new EarlierNote(bytes)),
    };

    private static Refusal Wrong(string message, string field) => new(RefusalCode.UsageWrong, message, field);

    private sealed record EarlierNote(ReadOnlyMemory<byte>? Bytes);

    private sealed record VerifyJob(
        WitnessPolicy Policy,
        ReadOnlyMemory<byte>? OldNote,
        long FromSize,
        string? EvidenceFolder,
        AuditorConsole Console)
    {
        public async Task<Result<int>> RunAsync(ILogSource source, CancellationToken stop)
        {
            var (verdict, fault) = await new LogVerification(source, Policy).RunAsync(
                OldNote,
                FromSize,
                count => Console.SayProgress(FormattableString.Invariant($"{count} entries are right so far.")),
                stop);
            if (fault is not null)
            {
                return Console.Refuse(NotVerified, fault.Refusal, fault.Index, Keep(fault));
            }

            VerdictReport.Say(Console, verdict!, Policy);  // one of the two is there
            return ExitCode.Ok;
        }

        private string? Keep(LogFault fault)
        {
            if (EvidenceFolder is null || fault.Evidence.Count == 0)
            {
                return null;
            }

            DurableFiles.MakeFolder(EvidenceFolder);
            foreach (var (name, content) in fault.Evidence)
            {
                AtomicFile.Replace(Path.Combine(EvidenceFolder, SafeName.Of(name)), content.Span);
            }

            return EvidenceFolder;
        }
    }
}
