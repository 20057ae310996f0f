using System.CommandLine;
using System.Net;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Setup;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Verbs;

/// <summary><c>cbss-node init</c>: makes a new node's folder.</summary>
internal static class InitVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Make(VerbConsole console, TimeProvider time)
    {
        var folder = VerbOptions.Folder("--data", "The node's folder; made with mode 0700.");
        var country = new Option<string>("--country") { Description = "Two letters, for example SE.", Required = true };
        var kind = new Option<string>("--kind")
        {
            Description = "What the node is: PROVIDER, RETURN_PROGRAMME_OPERATOR, FOCAL_POINT, LAW_ENFORCEMENT, "
                + "CONSULATE, IMMIGRATION or HEALTH.",
            Required = true,
        };
        var endpoint = new Option<string>("--endpoint")
        {
            Description = "Where other nodes call it: HOST:PORT.",
            Required = true,
        };
        var listen = new Option<string?>("--listen")
        {
            Description = "Address of the interface to listen on; without it loopback for a loopback endpoint, "
                + "else all.",
        };
        var authority = new Option<string?>("--authority")
        {
            Description = "Folder of the authority that signs its certificate; without it the node signs for itself.",
        };
        var passphrase = new Option<string?>("--passphrase-file")
        {
            Description = "File with the passphrase of the keystore, outside the node's folder, mode 0600.",
        };
        var inFolder = new Option<bool>("--passphrase-in-folder")
        {
            Description = "Draws a passphrase into the folder, to try things out: whoever takes the folder reads all.",
        };
        var domain = new Option<string?>("--log-domain")
        {
            Description = "Domain of the deployment, the same for all nodes: part of the names of audit logs.",
        };
        var root = new Option<string?>("--directory-root")
        {
            Description = "The directory root's public key, to copy.",
        };
        var directory = new Option<string?>("--directory") { Description = "Where the directory is or will be." };
        var json = VerbOptions.Json();
        var command = new Command("init", "Makes a new node: keys, certificate, database, configuration, first token.")
        {
            folder, country, kind, endpoint, listen, authority, passphrase, inFolder, domain, root, directory, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var request = RequestOf(
                parsed.GetRequiredValue(country),
                parsed.GetRequiredValue(kind),
                parsed.GetRequiredValue(endpoint),
                parsed.GetValue(listen),
                parsed.GetRequiredValue(folder),
                parsed.GetValue(passphrase),
                parsed.GetValue(inFolder)).Then<NodeSetupRequest>(request => request with
                {
                    AuthorityFolder = parsed.GetValue(authority),
                    LogDomain = parsed.GetValue(domain),
                    DirectoryRootFile = parsed.GetValue(root),
                    DirectoryFile = parsed.GetValue(directory),
                });
            return await RunAsync(console, request, parsed.GetValue(json), time, ct);
        });
        return command;
    }

    private static Result<NodeSetupRequest> RequestOf(
        string country,
        string kind,
        string endpoint,
        string? listen,
        string folder,
        string? passphraseFile,
        bool isPassphraseInFolder)
    {
        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
        {
            return new Refusal(RefusalCode.FieldMalformed, "A country is two upper-case letters.", "--country");
        }

        if (!DirectoryEntryFile.ParseKind(kind).TryGet(out var what, out var refusal))
        {
            return new Refusal(refusal.Code, refusal.Message, "--kind");
        }

        if (!PeerEndpoint.Parse(endpoint).TryGet(out var where, out refusal))
        {
            return new Refusal(refusal.Code, refusal.Message, "--endpoint");
        }

        if (!CheckPassphrase(folder, passphraseFile, isPassphraseInFolder).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var isAddress = IPAddress.TryParse(where.Host, out var address);
        listen ??= isAddress && IPAddress.IsLoopback(address!) ? where.Host : IPAddress.Any.ToString();
        return IPAddress.TryParse(listen, out _)
            ? new NodeSetupRequest
            {
                Folder = folder,
                Country = country,
                Kind = what,
                Endpoint = where,
                ListenAddress = listen,
                PassphraseFile = passphraseFile,
            }
            : new Refusal(RefusalCode.FieldMalformed, "An interface is an IPv4 or IPv6 address.", "--listen");
    }

    // Beside the keystore it protects nothing, so that must be somebody's decision.
    private static Result<Done> CheckPassphrase(string folder, string? file, bool isInFolder)
    {
        const string Option = "--passphrase-file";
        return (file, isInFolder) switch
        {
            (null, true) => Done.Instance,
            (null, false) => new Refusal(
                RefusalCode.FieldMissing,
                "Name a file with the keystore's passphrase, or --passphrase-in-folder to try things out.",
                Option),
            (not null, true) => new Refusal(
                RefusalCode.FieldMalformed, "Either a passphrase file, or one in the folder.", Option),
            (not null, false) when IsInside(folder, file) => new Refusal(
                RefusalCode.FieldMalformed,
                "The passphrase file lies in the node's folder: whoever takes the folder has both.",
                Option),
            _ => Done.Instance,
        };
    }

    private static bool IsInside(string folder, string file)
    {
        var way = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file));
        return way.Split(Path.DirectorySeparatorChar)[0] != ".." && !Path.IsPathRooted(way);
    }

    private static async Task<int> RunAsync(
        VerbConsole console, Result<NodeSetupRequest> asked, bool isJson, TimeProvider time, CancellationToken ct)
    {
        if (!asked.TryGet(out var request, out var refusal)
            || !(await NodeSetup.MakeAsync(request, time, ct)).TryGet(out var made, out refusal))
        {
            return console.Refuse(refusal, "The node was not set up.");
        }

        if (isJson)
        {
            console.SayJson(made);
            return VerbConsole.ExitDone;
        }

        console.Say($"Node {made.NodeId} is set up.");
        console.Say($"Entry for the directory: {made.EntryFile}. Read it to the directory's keeper.");
        console.Say($"First administrator's token: {made.TokenFile}. It adds the other users; keep it to yourself.");
        if (request.PassphraseFile is null)
        {
            console.Say("The passphrase lies in the folder: whoever takes the folder can read all that is in it.");
        }

        console.Say($"Next: put the signed directory in place, then cbss-node run --config {made.ConfigFile}");
        return VerbConsole.ExitDone;
    }
}
