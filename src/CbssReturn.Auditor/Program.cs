using System.CommandLine;
using CbssReturn.Auditor;
using CbssReturn.Auditor.Output;

// "@file" would read options out of a file that is named by a value; nothing here needs it.
var parsed = AuditorCommands.Create(TimeProvider.System).Parse(args, new ParserConfiguration
{
    ResponseFileTokenReplacer = null,
});
if (UsageRefusal.Find(parsed) is { } refusal)
{
    return new AuditorConsole(Console.Out, Console.Error, args.Contains("--json")).Refuse("Nothing was done.", refusal);
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    });
}
catch (Exception bug) when (bug is not OperationCanceledException)
{
    // The message of an exception may hold anything, so only its kind and place are shown.
    await Console.Error.WriteLineAsync($"CB-0000  This program broke a promise of its own ({bug.GetType().Name}).");
    await Console.Error.WriteLineAsync($"  Where: {bug.StackTrace?.Split('\n', 2)[0].Trim()}");
    return ExitCode.Bug;
}
