using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Sources;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary><c>cbss-auditor witness</c>: asks a witness to cosign the checkpoint of a log in a folder.</summary>
internal static class WitnessCommand
{
    private const string NotCosigned = "The checkpoint was not cosigned.";

    /// <summary>Makes the command.</summary>
    public static Command Create(AuditorContext context)
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "Exported or mirrored log; without it every own copy that the configuration names.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var key = new Option<string?>("--log-key")
        {
            Description = "With a folder: verifier key of its log.",
            HelpName = "VKEY",
        };
        var config = new ConfigOption(isRequired: false);
        var node = new NodeOptions();
        var command = new AuditorCommand(
            "witness",
            "Asks a witness to cosign the newest checkpoint of a log, with the proof that it continues the one before, "
                + "and writes the signature lines.",
            "cbss-auditor witness --config auditor.json",
            "cbss-auditor witness demo/a/export --log-key VKEY --node fp.example:7443 --pin PIN "
                + "--client-cert tls.crt.pem --client-key tls.key.pem")
        {
            folder, key,
        };
        config.AddTo(command);
        node.AddTo(command);
        context.Run(command, NotCosigned, async (parsed, console, stop) =>
        {
            if (config.IsNamed(parsed))
            {
                if (!config.Open(parsed, context.Time).TryGet(out var session, out var refusal))
                {
                    return refusal;
                }

                using (session)
                {
                    return await AskForAllAsync(session, console, stop);
                }
            }

            if (parsed.GetValue(folder) is not { } path || parsed.GetValue(key) is not { } vkey)
            {
                return new Refusal(
                    RefusalCode.UsageWrong, "Name a configuration, or a folder and the key of its log.", "folder");
            }

            if (!VerifierKey.Parse(vkey).TryGet(out var log, out var wrong)
                || !ReadNote(path, log).TryGet(out var checkpoint, out wrong)
                || !node.Open(parsed, context.Time).TryGet(out var line, out wrong))
            {
                return wrong;
            }

            using (line)
            {
                return await AskAsync(new NodeClient(line.Channel), checkpoint, new ExportFolder(path), console, stop);
            }
        });
        return command;
    }

    private static Result<VerifiedCheckpoint> ReadNote(string folder, VerifierKey log) =>
        log.Type != NoteKeyType.Ed25519
            ? new Refusal(RefusalCode.KeyMalformed, "This is not the key of a log.", "--log-key")
            : SmallFile.Read(Path.Combine(folder, TileLayout.CheckpointPath), SignedNote.SizeBytesMax)
                .Then(note => CheckpointReader.Read(note, log, [], 0));

    private static async Task<Result<int>> AskForAllAsync(
        AuditorSession session, AuditorConsole console, CancellationToken stop)
    {
        if (session.Witness is not { } witness)
        {
            return new Refusal(
                RefusalCode.ConfigurationMalformed, "The configuration names no witness.", "own_witness");
        }

        var exitCode = ExitCode.Ok;
        foreach (var log in session.Configuration.Logs.Where(log => log.HasEntries))
        {
            var folder = session.Folder.FolderOf(log.Origin);
            var asked = ReadNote(folder, log.Key).TryGet(out var checkpoint, out var refusal)
                ? await AskAsync(witness, checkpoint, new ExportFolder(folder), console, stop)
                : refusal;
            exitCode = asked.TryGet(out var code, out var wrong)
                ? Math.Max(exitCode, code)
                : Math.Max(exitCode, console.Refuse(NotCosigned, new Refusal(wrong.Code, wrong.Message, log.Origin)));
        }

        return exitCode;
    }

    private static async Task<Result<int>> AskAsync(
        IAuditNode witness,
        VerifiedCheckpoint checkpoint,
        ITileSource tiles,
        AuditorConsole console,
        CancellationToken stop)
    {
        var answer = await new WitnessStep(witness).AskAsync(checkpoint, tiles, stop);
        if (answer.IsContradicted)
        {
            return new Refusal(
                RefusalCode.SplitView,
                $"The witness has cosigned another history of {checkpoint.Checkpoint.Origin}.",
                witness.Name);
        }

        if (answer.Cosignatures.Count == 0)
        {
            return new Refusal(
                RefusalCode.QuorumMissing,
                "The witness did not answer, does not know the log, or has cosigned a later checkpoint.",
                witness.Name);
        }

        var lines = answer.Cosignatures.Select(line => line.ToLine().TrimEnd('\n')).ToList();
        console.Say(
            new Report(checkpoint.Checkpoint.Origin, checkpoint.Checkpoint.Size, lines), lines);
        return ExitCode.Ok;
    }

    private sealed record Report(string Origin, long Size, IReadOnlyList<string> Cosignatures);
}
