using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CbssReturn.Cli.Commands;

namespace CbssReturn.Cli;

/// <summary>All commands of <c>cbss</c>.</summary>
internal static class CommandTree
{
    private const string About =
        "Works on end-to-end encrypted referrals: talks to your organisation's own node over its desk socket, which "
        + "seals what a person agreed to share for the one organisation that may read it. Exit codes: 0 done, 1 usage, "
        + "2 configuration, 3 refused by policy or consent, 4 audit, 5 other node not reached (what was sent is "
        + "queued), 6 cryptography or keys. First steps: cbss demo.";

    /// <summary>Makes the tree.</summary>
    /// <param name="clock">The clock that commands get.</param>
    public static RootCommand Create(TimeProvider clock)
    {
        var globals = new GlobalOptions(clock);
        var root = new RootCommand(About)
        {
            DemoCommand.Create(globals),
            NodeCommands.Create(globals),
            UserCommands.Create(globals),
            ConsentCommands.Create(globals),
            ReferralCommands.Create(globals),
            DocumentCommands.Create(globals),
            JourneyCommands.Create(globals),
            OutboxCommands.Create(globals),
            AuditCommands.Create(globals),
            CertificateCommands.Create(globals),
            ConformanceCommand.Create(),
            ExplainCommand.Create(globals),
        };
        globals.AddTo(root);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((SynchronousCommandLineAction)help.Action!);  // the parser sets one itself
        return root;
    }
}
