using System.Diagnostics;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>Runs the program <c>cbss</c> that the build has made.</summary>
internal static class Cbss
{
    private const string Program = "CbssReturn.Cli/cbss.dll";

    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(300);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables that are set.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="program">Another program that the build has made: its project and its file.</param>
    public static async Task<CbssResult> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string input = "",
        string program = Program)
    {
        using var process = Process.Start(StartInfo(arguments, environment, program))
            ?? throw new InvalidOperationException("cbss was not started.");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeMax);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CbssResult(process.ExitCode, await output, await error);
    }

    /// <summary>Makes what is needed to start it.</summary>
    public static ProcessStartInfo StartInfo(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string program = Program)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(PathOf(program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "CBSS_CONFIG", "CBSS_SOCKET", "CBSS_TOKEN_FILE" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // artifacts/bin/EndToEnd.Tests/debug/ has its neighbour in artifacts/bin/CbssReturn.Cli/debug/.
    private static string PathOf(string program)
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(
            here,
            "..",
            "..",
            Path.GetDirectoryName(program)!,  // named by its project
            Path.GetFileName(here),
            Path.GetFileName(program)));
    }
}
