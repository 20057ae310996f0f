using System.Text.Json;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>Runs the whole demo once, keeps all its files and all bytes that crossed between the nodes.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-e2e-").FullName;

    /// <summary>All files of all nodes.</summary>
    public string Kept => Path.Combine(_folder, "kept");

    /// <summary>All bytes that crossed between nodes.</summary>
    public string Wire => Path.Combine(_folder, "wire");

    /// <summary>One line a step.</summary>
    public IReadOnlyList<JsonElement> Steps { get; private set; } = [];

    /// <summary>Exit code.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Standard error.</summary>
    public string Error { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var result = await Cbss.RunAsync(["demo", "--exit", "--json", "--keep", Kept, "--record-wire", Wire]);
        (ExitCode, Error) = (result.ExitCode, result.Error);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Steps = [.. lines.Select(line => JsonElement.Parse(line))];
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
