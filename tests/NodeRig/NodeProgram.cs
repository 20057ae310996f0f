using System.Diagnostics;

namespace CbssReturn.NodeRig;

/// <summary>The node program as it was built beside this one.</summary>
public static class NodeProgram
{
    // artifacts/bin/<project>/<configuration>/, this folder's sibling of the node's project.
    private static readonly string Dll = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..",
        "CbssReturn.Node", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "cbss-node.dll"));

    /// <summary>Runs a verb to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not exit with 0.</exception>
    public static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo([], arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await Task.WhenAll(process.WaitForExitAsync(), output);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"cbss-node {string.Join(' ', arguments)}: {error}");
        }
    }

    /// <summary>How to start the program, possibly under another one.</summary>
    /// <param name="wrapper">A program and its arguments that start the node, for example a tracer; empty for none.
    /// </param>
    /// <param name="arguments">The node's arguments.</param>
    /// <param name="path">Another build of the program; null for the one beside this.</param>
    public static ProcessStartInfo StartInfo(
        IReadOnlyList<string> wrapper, IEnumerable<string> arguments, string? path = null)
    {
        string[] command = [.. wrapper, "dotnet", path ?? Dll, .. arguments];
        return new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
