using System.Diagnostics;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli;

/// <summary>Finds and starts a program of this house, <c>cbss-node</c> or <c>cbss-auditor</c>, against which nothing
/// here is compiled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FileName">What to start.</param>
/// <param name="FirstArguments">Arguments that come before all others.</param>
internal sealed record SisterProgram(string Name, string FileName, IReadOnlyList<string> FirstArguments)
{
    private const string RoomOfThis = "CbssReturn.Cli";

    /// <summary>Finds <c>cbss-node</c>: where CBSS_NODE_PROGRAM says, beside this program, or where the build puts it.
    /// </summary>
    /// <returns>The program, or a refusal with <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<SisterProgram> FindNode() => Find("cbss-node", "CbssReturn.Node", "CBSS_NODE_PROGRAM");

    /// <summary>Finds <c>cbss-auditor</c>: where CBSS_AUDITOR_PROGRAM says, beside this program, or where the build
    /// puts it.</summary>
    /// <returns>The program, or a refusal with <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<SisterProgram> FindAuditor() =>
        Find("cbss-auditor", "CbssReturn.Auditor", "CBSS_AUDITOR_PROGRAM");

    /// <summary>Makes what is needed to start it.</summary>
    public ProcessStartInfo StartInfo(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(FileName) { UseShellExecute = false };
        foreach (var argument in FirstArguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Runs it to its end in this terminal, with its input, output and errors.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunHereAsync(IEnumerable<string> arguments, CancellationToken stop)
    {
        using var process = Process.Start(StartInfo(arguments))
            ?? throw new InvalidOperationException($"{Name} was not started.");
        try
        {
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C went to both; the node ends what it has begun before it stops.
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return process.ExitCode;
    }

    private static Result<SisterProgram> Find(string name, string room, string environmentName)
    {
        if (Environment.GetEnvironmentVariable(environmentName) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Of(name, Path.GetFullPath(named))
                : new Refusal(RefusalCode.FileUnreadable, $"{environmentName} names a file that does not exist.");
        }

        // The build leaves a starter without its program beside this one, so the whole program is looked for first.
        return new[] { name + ".dll", name, name + ".exe" }
            .SelectMany(_ => Folders(room), (file, folder) => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists) is { } found
            ? Of(name, found)
            : new Refusal(
                RefusalCode.FileUnreadable,
                $"The program {name} is not beside this one; name it in {environmentName}.");
    }

    // artifacts/bin/CbssReturn.Cli/debug/ has its neighbour in artifacts/bin/CbssReturn.Node/debug/.
    private static IEnumerable<string> Folders(string room)
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        yield return here;
        if (Path.GetDirectoryName(here) is { } own && Path.GetFileName(own) == RoomOfThis)
        {
            yield return Path.Combine(own, "..", room, Path.GetFileName(here));
        }
    }

    private static SisterProgram Of(string name, string path) => path.EndsWith(".dll", StringComparison.Ordinal)
        ? new SisterProgram(name, DotnetHost(), [path])
        : new SisterProgram(name, path, []);

    // The host that runs this program: shared/Microsoft.NETCore.App/<version>/ lies three folders below it.
    private static string DotnetHost()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var host = runtime is null ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        return host is not null && File.Exists(host) ? host : "dotnet";
    }
}
