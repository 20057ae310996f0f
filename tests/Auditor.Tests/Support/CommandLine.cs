using System.CommandLine;
using System.Text.Json;

namespace CbssReturn.Auditor.Tests;

/// <summary>Runs a command line as the program does, in this process.</summary>
internal static class CommandLine
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code and what was written.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        TimeProvider time, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = AuditorCommands.Create(time).Parse(arguments);
        Assert.Empty(parsed.Errors);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = output,
            Error = error,
        });
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it with --json and reads the one object that it wrote.</summary>
    public static async Task<(int ExitCode, JsonElement Answer)> RunJsonAsync(
        TimeProvider time, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(time, [.. arguments, "--json"]);
        using var document = JsonDocument.Parse(output.Length > 0 ? output : error);
        return (exitCode, document.RootElement.Clone());
    }
}
