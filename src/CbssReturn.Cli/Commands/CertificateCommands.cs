using System.CommandLine;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss certs-dev</c>: a throwaway authority and directory for trying things out.</summary>
internal static class CertificateCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand(
            "certs-dev",
            "Makes a throwaway certificate authority and directory root. For trying things out only: their keys lie in"
                + " plain files.")
        {
            Verb(
                globals,
                "authority",
                "Makes an authority. Takes --out DIR.",
                ["certs", "authority"],
                "cbss certs-dev authority --out authority"),
            Verb(
                globals,
                "node",
                "Makes a node's key and certificate, for 30 days. Takes the options of cbss-node certs node.",
                ["certs", "node"],
                "cbss certs-dev node --authority authority --host node.example --out tls"),
            Verb(
                globals,
                "root",
                "Makes a key that signs directories. Takes --out DIR.",
                ["directory", "root"],
                "cbss certs-dev root --out root"),
            Verb(
                globals,
                "sign",
                "Signs a directory of entries. Takes --root DIR --entry FILE... --out FILE.",
                ["directory", "sign"],
                "cbss certs-dev sign --root root --entry a/entry.bin --entry b/entry.bin --out directory"),
        };

    private static CbssCommand Verb(
        GlobalOptions globals, string name, string description, IReadOnlyList<string> verb, string example) =>
        new CbssCommand(name, description, example)
            .IsDoneByNode(globals, "Nothing was made.", verb, _ => []);
}
