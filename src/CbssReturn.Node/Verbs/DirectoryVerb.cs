using System.CommandLine;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Setup;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Verbs;

/// <summary><c>cbss-node directory</c>: for the holder of the root key, and for who audits
/// (docs/spec/directory.md, section 5).</summary>
internal static class DirectoryVerb
{
    private const string NotDone = "The directory was not changed.";

    /// <summary>Makes the command.</summary>
    public static Command Make(VerbConsole console, TimeProvider time) =>
        new("directory", "Makes and changes the signed list of nodes.")
        {
            MakeRoot(console),
            MakeSign(console, time),
            MakeSuspend(console, time, "suspend", "Shuts a node out: nothing is taken from it or sent to it.", true),
            MakeSuspend(console, time, "reinstate", "Lets a suspended node in again.", false),
            MakeAuditorConfig(console, time),
        };

    private static Command MakeRoot(VerbConsole console)
    {
        var folder = VerbOptions.Folder("--out", "Folder for the root key; made with mode 0700.");
        var command = new Command("root", "Makes the key that signs the directory.") { folder };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            if (!DirectoryRoot.Make(path).TryGet(out _, out var refusal))
            {
                return console.Refuse(refusal, "No root key was made.");
            }

            console.Say($"Root key in {path}. Every node needs {DirectoryRoot.PublicFile}.");
            return VerbConsole.ExitDone;
        });
        return command;
    }

    private static Command MakeSign(VerbConsole console, TimeProvider time)
    {
        var root = VerbOptions.Folder("--root", "Folder of the root key.");
        var entries = new Option<string[]>("--entry")
        {
            Description = "Entry file of a node; once for each node.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var file = VerbOptions.File("--out", "The directory; one that is there gives the version before.");
        var version = new Option<ulong?>("--version") { Description = "Version; without it the next one." };
        var auditor = new Option<string?>("--auditor")
        {
            Description = "Node that checks the audit logs of those whose entry names nobody: a focal point's node id.",
        };
        var days = VerbOptions.Days(DirectorySetup.DaysDefault, NodeDirectory.LifetimeDaysMax);
        var command = new Command("sign", "Signs a directory of exactly these nodes.")
        {
            root, entries, file, version, auditor, days,
        };
        command.SetAction(parsed => Report(console, DirectorySetup.Sign(
            parsed.GetRequiredValue(root),
            parsed.GetRequiredValue(entries),
            parsed.GetRequiredValue(file),
            parsed.GetValue(version),
            parsed.GetValue(auditor),
            time.GetUtcNow(),
            parsed.GetValue(days))));
        return command;
    }

    private static Command MakeSuspend(
        VerbConsole console, TimeProvider time, string name, string description, bool isSuspended)
    {
        var root = VerbOptions.Folder("--root", "Folder of the root key.");
        var file = VerbOptions.File("--directory", "The directory.");
        var node = new Option<string>("--node") { Description = "Node id, 32 hex digits.", Required = true };
        var days = VerbOptions.Days(DirectorySetup.DaysDefault, NodeDirectory.LifetimeDaysMax);
        var command = new Command(name, description) { root, file, node, days };
        command.SetAction(parsed => Report(console, NodeId.Parse(parsed.GetRequiredValue(node)).Then(
            id => DirectorySetup.SetSuspended(
                parsed.GetRequiredValue(root),
                parsed.GetRequiredValue(file),
                id,
                isSuspended,
                time.GetUtcNow(),
                parsed.GetValue(days)))));
        return command;
    }

    private static Command MakeAuditorConfig(VerbConsole console, TimeProvider time)
    {
        var file = VerbOptions.File("--directory", "The signed directory.");
        var root = VerbOptions.File("--directory-root", "The public key that signs it, directory-root.pub.");
        var auditor = new Option<string>("--auditor")
        {
            Description = "Node id of the focal point that the logs are pushed to, and that is read.",
            Required = true,
        };
        var certificate = VerbOptions.File("--client-cert", "Certificate to call with, a PEM file that it pins.");
        var key = VerbOptions.File("--client-key", "Its key, a PEM file with mode 0600.");
        var path = VerbOptions.File("--out", "The configuration, auditor.json; replaced when it is there.");
        var command = new Command(
            "auditor-config",
            "Writes the configuration of `cbss-auditor watch` for a focal point: which logs, where, which witnesses.")
        {
            file, root, auditor, certificate, key, path,
        };
        command.SetAction(parsed =>
        {
            var outPath = parsed.GetRequiredValue(path);
            var written = NodeId.Parse(parsed.GetRequiredValue(auditor)).Then(id => AuditorConfigFile.Write(
                parsed.GetRequiredValue(file),
                parsed.GetRequiredValue(root),
                id,
                Path.GetFullPath(parsed.GetRequiredValue(certificate)),
                Path.GetFullPath(parsed.GetRequiredValue(key)),
                outPath,
                time.GetUtcNow()));
            if (!written.TryGet(out var logs, out var refusal))
            {
                return console.Refuse(refusal, "No configuration was written.");
            }

            console.Say($"{outPath} watches {logs} logs: cbss-auditor watch --config {outPath}");
            return VerbConsole.ExitDone;
        });
        return command;
    }

    private static int Report(VerbConsole console, Outcomes.Result<ulong> signed)
    {
        if (!signed.TryGet(out var version, out var refusal))
        {
            return console.Refuse(refusal, NotDone);
        }

        console.Say($"Directory version {version} is signed. Nodes apply it within a second of getting the file.");
        return VerbConsole.ExitDone;
    }
}
