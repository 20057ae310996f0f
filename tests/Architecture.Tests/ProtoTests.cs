using System.Diagnostics;

namespace CbssReturn.Architecture.Tests;

/// <summary>Lints the protos with buf, which comes from npm with its version locked in eng/buf.</summary>
public sealed class ProtoTests
{
    [Fact]
    public async Task Protos_UnderBuf_KeepTheRules()
    {
        var buf = RepositoryRoot.Combine("eng", "buf", "node_modules", ".bin", "buf");
        Assert.True(File.Exists(buf), "buf is missing: ./test.sh installs it.");
        var start = new ProcessStartInfo(buf, ["lint"])
        {
            WorkingDirectory = RepositoryRoot.Combine("protos"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(string.Empty, output);
        Assert.Equal(0, process.ExitCode);
    }
}
