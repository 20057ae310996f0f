using System.CommandLine;
using CbssReturn.Cli.Demo;
using CbssReturn.Cli.Errors;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss demo</c>: the whole story on five real nodes.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var scenarios = new Option<string[]>("--scenario")
        {
            Description = "Play this scenario file (samples/README.md) in place of the samples. Repeat for more.",
            HelpName = "FILE",
        };
        var exit = new Option<bool>("--exit")
        {
            Description = "End after the story; exit code 0 only if every step held.",
        };
        var keep = new Option<string>("--keep")
        {
            Description = "Keep all files of all nodes in this new folder. Without it everything is deleted at the"
                + " end.",
            HelpName = "DIR",
        };
        var record = new Option<string>("--record-wire")
        {
            Description = "Keep the bytes that cross between the nodes in this folder.",
            HelpName = "DIR",
            Hidden = true,
        };
        var command = new CbssCommand(
            "demo",
            "Starts five real nodes on this machine, with throwaway keys and synthetic people, and plays the whole"
                + " story: consent, enquiry, referral, decision, documents, pickup, arrival.",
            "cbss demo",
            "cbss demo --exit --json",
            "cbss demo --exit --keep demo-files",
            "cbss demo --exit --scenario samples/first-3-pickup-refused.json")
        {
            scenarios, exit, keep, record,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new DemoOptions(
                parsed.GetValue(scenarios) ?? [],
                parsed.GetValue(exit),
                parsed.GetValue(keep),
                parsed.GetValue(record));
            try
            {
                return await new DemoRun(globals.Open(parsed), options).RunAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }
}
