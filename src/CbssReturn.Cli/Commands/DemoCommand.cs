using System.CommandLine;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss demo</c>.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var command = new CbssCommand("demo", "Starts five nodes.", "cbss demo");
        command.SetAction((parsed, stop) => Task.FromResult(0));
        return command;
    }
}
