using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>Runs <c>cbss-auditor</c>, which trusts no node, and reads what it says.</summary>
/// <param name="program">The program.</param>
internal sealed class AuditorTool(SisterProgram program)
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command and its options.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>Its exit code, and the first JSON line that it wrote: a verdict, a finding or a failure.</returns>
    public async Task<(int ExitCode, JsonObject Said)> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = program.StartInfo([.. arguments, "--json"]).WithShortLife();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program.Name} was not started.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var errors = process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
            var said = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            return (process.ExitCode, FirstObject(said));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static JsonObject FirstObject(string said)
    {
        var line = said.Split('\n').FirstOrDefault(line => line.StartsWith('{'));
        return line is null ? [] : JsonNode.Parse(line)?.AsObject() ?? [];
    }
}
