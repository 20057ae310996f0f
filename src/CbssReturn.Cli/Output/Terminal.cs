using CbssReturn.Cli.Commands;
using Spectre.Console;

namespace CbssReturn.Cli.Output;

/// <summary>Makes the console that draws.</summary>
internal static class Terminal
{
    /// <summary>Makes a console over the session's output, with colours only on a terminal and only when wanted.
    /// </summary>
    public static IAnsiConsole Create(Session session) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(session.Output),
        Ansi = session.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = session.IsTerminal && !session.NoColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });
}
