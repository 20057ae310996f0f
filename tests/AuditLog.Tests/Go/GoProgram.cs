using System.Diagnostics;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>The program of tests/GoCheck, built once into a folder that is gone afterwards.</summary>
public sealed class GoProgram : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cbss-go-");

    private string Program => Path.Combine(_folder.FullName, "GoCheck");

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("go", ["build", "-o", Program, "."])
        {
            WorkingDirectory = Repository.Combine("tests", "GoCheck"),
            Environment =
            {
                // Debian's packages of Go libraries are an ordinary GOPATH; nothing is fetched.
                ["GO111MODULE"] = "off",
                ["GOPATH"] = "/usr/share/gocode",
                ["GOFLAGS"] = string.Empty,
                ["GOCACHE"] = Path.Combine(_folder.FullName, "cache"),
            },
        };

        var (exitStatus, _, error) = await RunAsync(start);

        Assert.True(exitStatus == 0, $"./test.sh installs golang-go and golang-golang-x-mod-dev: {error}");
    }

    /// <summary>Checks logs.</summary>
    /// <param name="pairs">A folder and a file of keys for each.</param>
    public Task<(int ExitStatus, string Output, string Error)> CheckAsync(params string[] pairs) =>
        RunAsync(new ProcessStartInfo(Program, pairs));

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<(int ExitStatus, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
