using System.CommandLine;
using System.Globalization;
using CbssReturn.Desk;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Files;
using CbssReturn.Node.Hosting;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Node.Verbs;

/// <summary><c>cbss-node log check</c>: holds the log of a node that does not run against itself.</summary>
internal static class LogVerb
{
    private const int DirectorySizeBytesMax = 16 * 1024 * 1024;
    private const string NotDone = "The audit log was not checked.";
    private const string NextAfterDamage =
        "keep a copy of the data folder as it is, and ask the log's home auditor, who holds the entries as they were.";

    /// <summary>Makes the command.</summary>
    public static Command Make(VerbConsole console, TimeProvider time)
    {
        var config = VerbOptions.File("--config", "The node's configuration, node.json.");
        var json = VerbOptions.Json();
        var check = new Command(
            "check",
            "Reads the whole audit log and says what is not as it was written, by table and index. Stop the node "
            + "first. About a minute for a million entries. Changes nothing.")
        {
            config, json,
        };
        check.SetAction(async (parsed, ct) =>
        {
            try
            {
                var path = parsed.GetRequiredValue(config);
                return await CheckAsync(console, path, parsed.GetValue(json), time, ct);
            }
            catch (StoreException damaged)
            {
                return console.Refuse(damaged.Refusal, NotDone, NextAfterDamage);
            }
        });
        return new Command("log", "The node's own audit log.") { check };
    }

    private static async Task<int> CheckAsync(
        VerbConsole console, string path, bool isJson, TimeProvider time, CancellationToken ct)
    {
        if (!NodeConfigurationLoader.Load(path).TryGet(out var configuration, out var refusal)
            || !(await NodeMaterial.OpenAsync(configuration, time)).TryGet(out var material, out refusal))
        {
            return console.Refuse(refusal, NotDone);
        }

        await using (material)
        {
            // Without one, what others signed is not checked; a node that was just set up has none.
            _ = PrivateFiles.ReadPublic(configuration.DirectoryPath, DirectorySizeBytesMax)
                .Then(file => material.Directory.Apply(file));
            var node = new NodeContext(
                configuration.NodeId,
                material.Keys,
                material.Store,
                material.Audit,
                material.Directory,
                time,
                configuration.LogOrigin);
            using var log = new LogIdentity(material.Keys, configuration.LogOrigin, configuration.WitnessName);
            var size = (await material.Audit.GetAuditHeadAsync(ct)).Size;
            var exported = new LogExport(configuration.ExportPath, log.Origin).ReadCheckpoint();
            var damage = await new CheckOwnLog(node).CheckAsync(log, exported, ct);
            return Tell(console, size, damage, isJson);
        }
    }

    private static int Tell(VerbConsole console, long size, IReadOnlyList<AuditDamage> damage, bool isJson)
    {
        if (isJson)
        {
            console.SayJson(new { Size = size, Damage = damage });
        }
        else
        {
            foreach (var found in damage)
            {
                console.Say($"{found.Table} {found.Key}: {found.What}{Entries(found)}");
            }
        }

        if (damage.Count > 0)
        {
            return console.Refuse(
                new Refusal(
                    RefusalCode.RootWrong, $"{damage.Count} findings; at most {AuditDamage.ListMax} are listed."),
                "The audit log is not what it was.",
                NextAfterDamage);
        }

        if (!isJson)
        {
            console.Say(FormattableString.Invariant(
                $"{size} entries: each stands as it was written, and so does what is kept of other logs."));
        }

        return VerbConsole.ExitDone;
    }

    private static string Entries(AuditDamage found) => (found.FirstIndex, found.LastIndex) switch
    {
        (null, _) => "",
        ({ } first, { } last) when last != first => string.Create(
            CultureInfo.InvariantCulture, $" Entries {first} to {last}."),
        ({ } first, _) => string.Create(CultureInfo.InvariantCulture, $" Entry {first}."),
    };
}
