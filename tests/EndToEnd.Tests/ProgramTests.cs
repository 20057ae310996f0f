using System.Runtime.Versioning;
using System.Text.Json;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>The program as a shell sees it, without any node.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(OneProgramAtATime.Name)]
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cbss-program-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--help", 0)]
    [InlineData("--version", 0)]
    [InlineData("referral open --help", 0)]
    [InlineData("explain CB-3104", 0)]
    [InlineData("", 1)]
    [InlineData("frobnicate", 1)]
    [InlineData("explain CB-31", 1)]
    [InlineData("referral send aabbcc --wait x", 1)]
    [InlineData("outbox list", 1)]
    [InlineData("outbox list --socket none.sock", 2)]
    [InlineData("outbox list --socket none.sock --token-file none.token", 2)]
    public async Task Run_CommandLine_EndsWithItsExitCode(string line, int exitCode)
    {
        var result = await Cbss.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode} {result.Error}");
        Assert.Equal(exitCode == 0, result.Error.Length == 0);
    }

    [Fact]
    public async Task Run_NoNodeThere_SaysWhatToDoNext()
    {
        var token = Token();

        var result = await Cbss.RunAsync(
            ["outbox", "list", "--json", "--socket", Path.Combine(_folder, "none.sock"), "--token-file", token]);

        var error = JsonElement.Parse(result.Error);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal("CB-2015", error.GetProperty("code").GetString());
        Assert.Equal("NOTHING", error.GetProperty("left_machine").GetString());
        Assert.Contains("cbss node run", error.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TokenOthersCanRead_IsRefused()
    {
        var token = Token();
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var result = await Cbss.RunAsync(["outbox", "list", "--socket", "none.sock", "--token-file", token]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("CB-2017", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "CB-1011")]
    [InlineData("{\"qzvxname\":1}", "CB-1005")]
    [InlineData("{\"stage\":\"qzvxname\"}", "CB-1006")]
    [InlineData("{\"case_id\":7}", "CB-1002")]
    [InlineData("{\"case_id\":\"qzvxname\",\"case_id\":\"\"}", "CB-1010")]
    public async Task Run_BadFile_IsRefusedWithoutRepeatingIt(string json, string code)
    {
        var file = Path.Combine(_folder, "draft.json");
        await File.WriteAllTextAsync(file, json);

        var result = await Cbss.RunAsync(
            ["referral", "new", file],
            new Dictionary<string, string> { ["CBSS_SOCKET"] = "none.sock", ["CBSS_TOKEN_FILE"] = Token() });

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(code, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("qzvxname", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ConformanceCases_AnswersEachLine()
    {
        var good = await Cbss.RunAsync(["conformance"], input: "{\"id\":\"1\",\"op\":\"pad\",\"length\":3}\n");
        var bad = await Cbss.RunAsync(["conformance"], input: "{\"id\":\"1\",\"op\":\"pad\",\"lenght\":3}\n");

        Assert.Equal((0, "{\"id\":\"1\",\"ok\":true,\"padded\":2048}\n"), (good.ExitCode, good.Output));
        Assert.Equal(1, bad.ExitCode);
    }

    [Fact]
    public async Task Run_DemoWithABadScenario_StartsNothing()
    {
        var file = Path.Combine(_folder, "scenario.json");
        await File.WriteAllTextAsync(file, "{\"format\":1,\"title\":\"t\",\"about\":\"a\",\"steps\":[{\"more\":1}]}");
        var keep = Path.Combine(_folder, "keep");

        var result = await Cbss.RunAsync(["demo", "--exit", "--scenario", file, "--keep", keep]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("CB-1005", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(keep));
    }

    private string Token()
    {
        var path = Path.Combine(_folder, "token");
        File.WriteAllText(path, new string('a', 64));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
