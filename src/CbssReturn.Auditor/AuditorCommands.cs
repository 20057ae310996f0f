using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CbssReturn.Auditor.Commands;

namespace CbssReturn.Auditor;

/// <summary>All commands of <c>cbss-auditor</c>.</summary>
internal static class AuditorCommands
{
    private const string About =
        "Verifies the audit logs of nodes without trusting the nodes: signatures, witnesses, every entry, and that two "
        + "nodes say the same of the packets between them. Shares no code with a node's store or desk. Exit codes: 0 "
        + "all is right, 1 usage, 2 configuration, 4 something is wrong with a log, 5 node not reached, 6 keys.";

    /// <summary>Makes the tree.</summary>
    /// <param name="time">The clock that commands get.</param>
    public static RootCommand Create(TimeProvider time)
    {
        var context = new AuditorContext(time);
        var root = new RootCommand(About)
        {
            VerifyCommand.Create(context),
            CompareCommand.Create(context),
            VerifyProofCommand.Create(context),
            WatchCommand.Create(context),
            MirrorCommand.Create(context),
            ReconcileCommand.Create(context),
            WitnessCommand.Create(context),
            GossipCommand.Create(context),
            CheckEvidenceCommand.Create(context),
            DetailCommand.Create(context),
        };
        context.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((SynchronousCommandLineAction)help.Action!);  // the parser sets one itself
        return root;
    }
}
