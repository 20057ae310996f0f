using System.CommandLine;
using System.CommandLine.Parsing;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Output;

/// <summary>Says what is wrong with a command line.</summary>
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
        if (command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is null) is { } absent)
        {
            return Wrong($"The option {absent.Name} is missing.", absent.Name);
        }

        var option = parsed.Errors
            .Select(error => error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult)
            .FirstOrDefault(result => result is not null);
        if (option is not null)
        {
            return Wrong(
                $"The value of {option.Option.Name} is missing, cannot be read or is given twice.", option.Option.Name);
        }

        if (command.Subcommands.Count > 0)
        {
            var names = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
            return Wrong($"After {command.Name} one of these is needed: {names}.");
        }

        var argument = parsed.Errors
            .Select(error => error.SymbolResult as ArgumentResult)
            .FirstOrDefault(result => result is not null);
        return argument is not null
            ? Wrong($"The argument {argument.Argument.Name} is missing.", argument.Argument.Name)
            : Wrong($"{command.Name} does not know a word of this command line; {command.Name} --help lists them.");
    }

    private static Refusal Wrong(string message, string? field = null) => new(RefusalCode.UsageWrong, message, field);
}
