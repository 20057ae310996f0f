using System.Diagnostics;
using System.Text.RegularExpressions;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo;

/// <summary>Runs one of the short verbs of a sister program, such as init.</summary>
internal static partial class NodeTool
{
    /// <summary>Runs a verb to its end.</summary>
    /// <returns>What it wrote to standard output, or a refusal with the code that it gave.</returns>
    public static async Task<Result<string>> RunAsync(
        SisterProgram program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = program.StartInfo(arguments).WithShortLife();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program.Name} was not started.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var errors = process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : RefusalOf($"{program.Name} {arguments[0]}", await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Refusal RefusalOf(string verb, string errors)
    {
        var code = Code().Match(errors) is { Success: true } match ? ErrorTexts.ParseCode(match.Value) : null;
        return code is { } known && ErrorTexts.Find(known) is { } text
            ? new Refusal(known, $"{verb}: {text.Meaning}")
            : new Refusal(RefusalCode.NodeNotReady, $"{verb} failed and gave no code.");
    }

    [GeneratedRegex(@"\bCB-[0-9]{4}\b")]
    private static partial Regex Code();
}
