using System.CommandLine;
using System.CommandLine.Parsing;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>Says what is wrong with a command line without repeating it: somebody may have typed a name.</summary>
internal static class UsageRefusal
{
    /// <summary>Finds what is wrong.</summary>
    /// <returns>A refusal with <see cref="RefusalCode.UsageWrong"/>, or null when nothing is.</returns>
    public static Refusal? Find(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var wanted = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
        foreach (var error in parsed.Errors)
        {
            switch (error.SymbolResult)
            {
                case OptionResult option:
                    return Wrong(
                        $"The value of {option.Option.Name} is missing, unknown or given twice.", option.Option.Name);
                case ArgumentResult { Parent: OptionResult option }:
                    return Wrong(
                        $"The value of {option.Option.Name} is missing or cannot be read.", option.Option.Name);
                case ArgumentResult argument:
                    return Wrong($"The argument {argument.Argument.Name} is missing.", argument.Argument.Name);
            }
        }

        var absent = command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is null);
        if (absent is not null)
        {
            return Wrong($"The option {absent.Name} is missing.", absent.Name);
        }

        return wanted.Count > 0
            ? Wrong($"After {command.Name} one of these is needed: {string.Join(", ", wanted)}.")
            : Wrong($"{command.Name} does not know a word of this command line. {Known(command)}");
    }

    /// <summary>Makes a session for writing the refusal, before the options could be read.</summary>
    public static Session SessionOf(IReadOnlyList<string> arguments) => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        Clock = TimeProvider.System,
        Json = arguments.Contains("--json"),
    };

    private static string Known(Command command)
    {
        var options = command.Options.Where(option => !option.Hidden).Select(option => option.Name).ToList();
        return options.Count == 0
            ? "It takes the global options only."
            : $"Its own options are: {string.Join(", ", options)}.";
    }

    private static Refusal Wrong(string message, string? field = null) =>
        new(RefusalCode.UsageWrong, message, field);
}
