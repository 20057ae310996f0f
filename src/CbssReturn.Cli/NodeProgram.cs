using System.Diagnostics;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli;

/// <summary>Finds and starts the program <c>cbss-node</c>, against which nothing here is compiled.</summary>
/// <param name="FileName">What to start.</param>
/// <param name="FirstArguments">Arguments that come before all others.</param>
internal sealed record NodeProgram(string FileName, IReadOnlyList<string> FirstArguments)
{
    /// <summary>Environment variable that names the program, for installations that keep it elsewhere.</summary>
    public const string EnvironmentName = "CBSS_NODE_PROGRAM";

    private const string Name = "cbss-node";
    private const string RoomOfThis = "CbssReturn.Cli";
    private const string RoomOfNode = "CbssReturn.Node";

    /// <summary>Finds the program: where the environment says, beside this one, or where the build puts it.</summary>
    /// <returns>The program, or a refusal with <see cref="RefusalCode.FileUnreadable"/>.</returns>
    public static Result<NodeProgram> Find()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentName) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Of(Path.GetFullPath(named))
                : new Refusal(RefusalCode.FileUnreadable, $"{EnvironmentName} names a file that does not exist.");
        }

        // The build leaves a starter without its program beside this one, so the whole program is looked for first.
        var found = new[] { Name + ".dll", Name, Name + ".exe" }
            .SelectMany(_ => Folders(), (file, folder) => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return Of(found);
        }

        return new Refusal(
            RefusalCode.FileUnreadable,
            $"The program {Name} is not beside this one; name it in {EnvironmentName}.");
    }

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

    // artifacts/bin/CbssReturn.Cli/debug/ has its neighbour in artifacts/bin/CbssReturn.Node/debug/.
    private static IEnumerable<string> Folders()
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        yield return here;
        if (Path.GetDirectoryName(here) is { } room && Path.GetFileName(room) == RoomOfThis)
        {
            yield return Path.Combine(room, "..", RoomOfNode, Path.GetFileName(here));
        }
    }

    private static NodeProgram Of(string path) => path.EndsWith(".dll", StringComparison.Ordinal)
        ? new NodeProgram(DotnetHost(), [path])
        : new NodeProgram(path, []);

    // The host that runs this program: shared/Microsoft.NETCore.App/<version>/ lies three folders below it.
    private static string DotnetHost()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var host = runtime is null ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        return host is not null && File.Exists(host) ? host : "dotnet";
    }
}
