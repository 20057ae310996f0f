using System.CommandLine;
using CbssReturn.Conformance;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss conformance</c>: lets anybody check this implementation against vectors from elsewhere.</summary>
internal static class ConformanceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new CbssCommand(
            "conformance",
            "Reads one JSON case a line from standard input and writes one JSON answer a line, in order. Exit code 1"
                + " when a line could not be read.",
            "cbss conformance < cases.jsonl");
        command.SetAction(parsed =>
        {
            // UTF-8 whatever the terminal's locale says.
            using var input = new StreamReader(Console.OpenStandardInput());
            return ConformanceRunner.Run(input, parsed.InvocationConfiguration.Output);
        });
        return command;
    }
}
