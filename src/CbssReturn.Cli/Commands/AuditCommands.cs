using System.CommandLine;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss audit</c>: proves packets and checks audit logs. What is checked is checked by <c>cbss-auditor</c>,
/// which trusts no node.</summary>
internal static class AuditCommands
{
    private const string NotChecked = "Nothing was checked.";

    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("audit", "Proves packets, and checks audit logs: a node's, or a copy in a folder.")
        {
            ProveCommand.Create(globals),
            Verb(
                globals,
                "verify",
                "Checks a whole log: an exported folder, or over the network. The first line of --vkeys is the log's"
                    + " key, as it stands in the directory; the others are the witnesses'.",
                "cbss audit verify export --vkeys export.vkeys"),
            Verb(
                globals,
                "verify-proof",
                "Checks offline that a packet's receipt, as cbss audit prove writes it, stands in the recipient's log.",
                "cbss audit verify-proof packet.cbss-receipt --vkeys export.vkeys"),
            Verb(
                globals,
                "watch",
                "Checks many logs, each minute, and raises alarms; --once does one round.",
                "cbss audit watch --config auditor.json --once"),
            Verb(
                globals,
                "mirror",
                "Fetches what is new of the watched logs into the auditor's own mirror.",
                "cbss audit mirror --config auditor.json"),
            Verb(
                globals,
                "compare",
                "Compares what two exported logs say about the packets between their nodes.",
                "cbss audit compare a/export b/export --vkeys a/export.vkeys --other-vkeys b/export.vkeys --settled"),
            Verb(
                globals,
                "reconcile",
                "Compares what the watched logs say about the packets between their nodes.",
                "cbss audit reconcile --config auditor.json"),
            Verb(
                globals,
                "gossip",
                "Asks every node which checkpoints it has seen, and compares.",
                "cbss audit gossip --config auditor.json"),
            Verb(
                globals,
                "witness",
                "Asks a witness to cosign a checkpoint.",
                "cbss audit witness --config auditor.json"),
            Verb(
                globals,
                "check-evidence",
                "Checks the evidence of an alarm, with nothing but public keys.",
                "cbss audit check-evidence evidence/split_view-0123456789abcdef --vkeys a.vkeys"),
            Verb(
                globals,
                "detail",
                "Asks a node what one entry of its log truly says.",
                "cbss audit detail 217 --config auditor.json --origin log.example/lv/0123456789abcdef/1"),
        };

    private static CbssCommand Verb(GlobalOptions globals, string name, string description, string example) =>
        new CbssCommand(name, description + " Takes the options of cbss-auditor " + name + ".", example)
            .IsDoneByAuditor(globals, NotChecked, [name]);
}
