using System.CommandLine;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Setup;

namespace CbssReturn.Node.Verbs;

/// <summary><c>cbss-node certs</c>: makes a throwaway authority and nodes' certificates
/// (certs-dev/README.md).</summary>
internal static class CertsVerb
{
    private const string NotDone = "No certificate was made.";

    /// <summary>Makes the command.</summary>
    public static Command Make(VerbConsole console, TimeProvider time) =>
        new("certs", "Makes certificates: a throwaway authority, and nodes' own.")
        {
            MakeAuthority(console, time),
            MakeNode(console, time),
        };

    private static Command MakeAuthority(VerbConsole console, TimeProvider time)
    {
        var folder = VerbOptions.Folder("--out", "Folder for the authority; made with mode 0700.");
        var days = VerbOptions.Days(CertificateSetup.DaysDefault, CertificateSetup.DaysMax);
        var command = new Command("authority", "Makes an authority that signs node certificates. For tests and demos.")
        {
            folder, days,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var made = CertificateSetup.MakeAuthority(
                path, CertificatePeriod.From(time.GetUtcNow(), parsed.GetValue(days)));
            if (!made.TryGet(out _, out var refusal))
            {
                return console.Refuse(refusal, NotDone);
            }

            console.Say($"Authority in {path}. Its key signs for everybody: keep it off the nodes.");
            return VerbConsole.ExitDone;
        });
        return command;
    }

    private static Command MakeNode(VerbConsole console, TimeProvider time)
    {
        var folder = VerbOptions.Folder("--out", "The node's folder. A key that is there is kept, and so its pin.");
        var host = new Option<string>("--host") { Description = "DNS name or address of the node.", Required = true };
        var authority = new Option<string?>("--authority")
        {
            Description = "Folder of the authority; without it the node signs for itself.",
        };
        var days = VerbOptions.Days(CertificateSetup.DaysDefault, CertificateSetup.DaysMax);
        var command = new Command("node", "Makes or renews a node's certificate, ECDSA P-256, for both sides of TLS.")
        {
            folder, host, authority, days,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var made = CertificateSetup.MakeNode(
                path,
                parsed.GetRequiredValue(host),
                parsed.GetValue(authority),
                CertificatePeriod.From(time.GetUtcNow(), parsed.GetValue(days)));
            if (!made.TryGet(out var pin, out var refusal))
            {
                return console.Refuse(refusal, NotDone);
            }

            console.Say($"Certificate in {path}. Its pin for the directory is {pin}.");
            return VerbConsole.ExitDone;
        });
        return command;
    }
}
