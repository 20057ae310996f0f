using System.Diagnostics;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>This program once more, as a process of its own (Program.cs).</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public static OtherProcess Start(string verb, string databasePath)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(OtherProcess).Assembly.Location, verb, databasePath },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new OtherProcess(Process.Start(start) ?? throw new InvalidOperationException("It did not start."));
    }

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Lets it end by itself.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it by force.</summary>
    /// <returns>The lines that it had written and nobody had read.</returns>
    public async Task<string[]> KillAsync()
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return rest.Split('\n')[..^1];  // what stands after the last line end was cut off
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
