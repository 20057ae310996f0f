using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Setup;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Hosting;

/// <summary>The program as people and scripts see it, in processes of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private const int KeysLearnedEvent = 6022;
    private const int DirectoryAppliedEvent = 6010;
    private const int StartedEvent = 6030;
    private const int ProblemsChangedEvent = 6033;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verbs_OneAfterTheOther_MakeANodeThatIsReady()
    {
        await DoneAsync("certs", "authority", "--out", _folder.File("ca"));
        await DoneAsync("directory", "root", "--out", _folder.File("root"));
        var made = JsonDocument.Parse(await DoneAsync(
            "init", "--data", _folder.File("a"), "--passphrase-in-folder", "--country", "SE", "--kind", "PROVIDER",
            "--endpoint", $"127.0.0.1:{NodeProgram.FreePort()}", "--authority", _folder.File("ca"), "--json",
            "--directory-root", _folder.File("root/directory-root.pub"))).RootElement;
        await DoneAsync(
            "certs", "node", "--out", _folder.File("a"), "--host", "127.0.0.1", "--authority", _folder.File("ca"));
        await DoneAsync(
            "directory", "sign", "--root", _folder.File("root"), "--out", _folder.File("a/directory"),
            "--entry", made.GetProperty("entry_file").GetString()!);

        using var node = NodeProgram.Start("run", "--config", made.GetProperty("config_file").GetString()!);
        await node.WaitUntilReadyAsync();
        await node.WaitForLogAsync(StartedEvent);

        Assert.Equal(65, (await File.ReadAllTextAsync(made.GetProperty("token_file").GetString()!)).Length);
    }

    [Fact]
    public async Task Run_TwoNodes_LearnEachOthersKeysAndStopInGoodOrder()
    {
        await MakeNetworkAsync("a", "b");
        using var a = NodeProgram.Start("run", "--config", Config("a"), "--exit-with-stdin");
        using var b = NodeProgram.Start("run", "--config", Config("b"));

        var ready = await a.WaitUntilReadyAsync();
        await b.WaitUntilReadyAsync();
        await a.WaitForLogAsync(KeysLearnedEvent);
        await b.WaitForLogAsync(KeysLearnedEvent);

        Assert.True(ready.GetProperty("ready").GetBoolean());
        Assert.Equal(a.Id, ready.GetProperty("pid").GetInt32());
        Assert.Equal(_folder.File("a/desk/desk.sock"), ready.GetProperty("desk").GetString());
        Assert.Equal(NodeIdOf("a"), ready.GetProperty("node_id").GetString());
        Assert.Equal(EndpointOf("a"), ready.GetProperty("endpoint").GetString());

        a.CloseInput();
        await b.SignalAsync("TERM");
        Assert.Equal(0, await a.WaitForExitAsync());
        Assert.Equal(0, await b.WaitForExitAsync());
        Assert.False(File.Exists(_folder.File("a/desk/desk.sock")));
    }

    [Fact]
    public async Task Run_DirectoryChanges_IsAppliedAndOutlivesARestart()
    {
        await MakeNetworkAsync("a");
        File.Copy(_folder.File("directory"), _folder.File("older"));
        using (var node = NodeProgram.Start("run", "--config", Config("a")))
        {
            await node.WaitUntilReadyAsync();
            await node.WaitForLogAsync(DirectoryAppliedEvent);
            var suspended = await NodeProgram.RunAsync(
                "directory", "suspend", "--root", _folder.File("root"), "--directory", _folder.File("directory"),
                "--node", NodeIdOf("a"));
            Assert.Equal((0, string.Empty), (suspended.ExitCode, suspended.Error));
            await node.WaitForLogAsync(DirectoryAppliedEvent);
            await node.WaitForLogAsync(ProblemsChangedEvent);
            await node.SignalAsync("INT");
            Assert.Equal(0, await node.WaitForExitAsync());
        }

        File.Move(_folder.File("older"), _folder.File("directory"), overwrite: true);
        using var again = NodeProgram.Start("run", "--config", Config("a"));
        await again.WaitUntilReadyAsync();
        await again.WaitForLogAsync(6011);
    }

    [Fact]
    public async Task Run_SecondProcessOnTheFolder_IsRefused()
    {
        await MakeNetworkAsync("a");
        using var first = NodeProgram.Start("run", "--config", Config("a"));
        await first.WaitUntilReadyAsync();

        AssertRefused(2, "CB-2004", await NodeProgram.RunAsync("run", "--config", Config("a")));
    }

    [Fact]
    public async Task Run_PortInUse_IsRefused()
    {
        await MakeNetworkAsync("a");
        using var other = new TcpListener(IPEndPoint.Parse(EndpointOf("a")));
        other.Start();

        AssertRefused(2, "CB-2019", await NodeProgram.RunAsync("run", "--config", Config("a")));
    }

    [Theory]
    [InlineData("keystore", 6, "CB-6101")]
    [InlineData("node.db", 2, "CB-2006")]
    [InlineData("passphrase", 6, "CB-6102")]
    [InlineData("tls.crt.pem", 2, "CB-2014")]
    [InlineData("tls.key.pem", 2, "CB-2014")]
    [InlineData("authority.crt.pem", 2, "CB-2014")]
    [InlineData("node.json", 2, "CB-2001")]
    public async Task Run_SpoiltFile_IsRefusedWithItsCode(string name, int exitCode, string code)
    {
        await MakeNetworkAsync("a");
        var path = _folder.File($"a/{name}");
        await File.WriteAllTextAsync(path, "spoilt, whatever was there before");

        AssertRefused(exitCode, code, await NodeProgram.RunAsync("run", "--config", Config("a")));
    }

    [Theory]
    [InlineData("passphrase")]
    [InlineData("keystore")]
    [InlineData("tls.key.pem")]
    [InlineData("")]
    public async Task Run_SecretThatOthersCanRead_IsRefused(string name)
    {
        await MakeNetworkAsync("a");
        var path = _folder.File($"a/{name}");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherRead);

        AssertRefused(2, "CB-2017", await NodeProgram.RunAsync("run", "--config", Config("a")));
    }

    [Fact]
    public async Task Init_FolderWithANode_IsRefusedAndKeepsIt()
    {
        await MakeNetworkAsync("a");
        var before = await File.ReadAllBytesAsync(_folder.File("a/keystore"));

        AssertRefused(2, "CB-2016", await NodeProgram.RunAsync(
            "init", "--data", _folder.File("a"), "--passphrase-in-folder", "--country", "SE", "--kind", "PROVIDER",
            "--endpoint", "[::1]:7443"));

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File("a/keystore")));
    }

    [Theory]
    [InlineData("--country", "se")]
    [InlineData("--kind", "SHELTER")]
    [InlineData("--endpoint", "node.example")]
    [InlineData("--listen", "node.example")]
    [InlineData("--passphrase-file", "a/passphrase")]
    public async Task Init_OptionOutOfForm_IsRefused(string option, string value)
    {
        var arguments = new Dictionary<string, string>
        {
            ["--data"] = _folder.File("a"),
            ["--country"] = "SE",
            ["--kind"] = "PROVIDER",
            ["--endpoint"] = "node.example:7443",
            ["--passphrase-file"] = _folder.File("passphrase"),
            [option] = option is "--passphrase-file" ? _folder.File(value) : value,
        };

        var result = await NodeProgram.RunAsync(
            ["init", .. arguments.SelectMany(pair => new[] { pair.Key, pair.Value })]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("a")));
    }

    [Theory]
    [InlineData(false, "CB-1001")]
    [InlineData(true, "CB-1002")]
    public async Task Init_NoPassphraseFileOrTwo_IsRefused(bool hasTwo, string code)
    {
        string[] passphrase = hasTwo ? ["--passphrase-in-folder", "--passphrase-file", _folder.File("passphrase")] : [];

        AssertRefused(1, code, await NodeProgram.RunAsync(
            ["init", "--data", _folder.File("a"), "--country", "SE", "--kind", "PROVIDER", "--endpoint", "[::1]:7443",
                .. passphrase]));

        Assert.False(Directory.Exists(_folder.File("a")));
    }

    [Theory]
    [InlineData("keystore")]
    [InlineData("node.db")]
    [InlineData("passphrase")]
    public async Task Init_PartOfANodeThere_ChangesNoFile(string name)
    {
        Directory.CreateDirectory(_folder.File("a"));
        await File.WriteAllTextAsync(_folder.File($"a/{name}"), "kept");

        AssertRefused(2, "CB-2016", await NodeProgram.RunAsync(
            "init", "--data", _folder.File("a"), "--passphrase-in-folder", "--country", "SE", "--kind", "PROVIDER",
            "--endpoint", "[::1]:7443"));

        Assert.Equal("kept", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.File("a")))));
    }

    [Fact]
    public async Task Init_EveryFile_IsTheOwnersAlone()
    {
        await MakeNetworkAsync("a");

        var tooWide = Directory.EnumerateFiles(_folder.File("a"), "*", SearchOption.AllDirectories)
            .Where(file => File.GetUnixFileMode(file) != (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        Assert.Empty(tooWide);
    }

    [Fact]
    public async Task Usage_UnknownVerb_ExitsWithOne() => Assert.Equal(1, (await NodeProgram.RunAsync("fly")).ExitCode);

    private static void AssertRefused(int exitCode, string code, (int ExitCode, string Output, string Error) result)
    {
        Assert.Equal(string.Empty, result.Output);
        Assert.True(result.Error.Contains(code + ": ", StringComparison.Ordinal), result.Error);
        Assert.Equal(exitCode, result.ExitCode);
    }

    private string Config(string node) => _folder.File($"{node}/node.json");

    private string NodeIdOf(string node) => Read(node).GetProperty("node_id").GetString()!;

    private string EndpointOf(string node) => string.Create(
        CultureInfo.InvariantCulture, $"127.0.0.1:{Read(node).GetProperty("listen").GetProperty("port").GetInt32()}");

    private JsonElement Read(string node) => JsonDocument.Parse(File.ReadAllBytes(Config(node))).RootElement;

    private Task<Result<NodeSetupResult>> MakeNodeAsync(string node) => NodeSetup.MakeAsync(
        new NodeSetupRequest
        {
            Folder = _folder.File(node),
            Country = "SE",
            Kind = NodeKind.Provider,
            Endpoint = PeerEndpoint.Parse($"127.0.0.1:{NodeProgram.FreePort()}").Value,
            ListenAddress = "127.0.0.1",
            AuthorityFolder = _folder.File("ca"),
            DirectoryRootFile = _folder.File("root/directory-root.pub"),
            DirectoryFile = _folder.File("directory"),
        },
        TimeProvider.System,
        CancellationToken.None);

    private async Task MakeNetworkAsync(params string[] nodes)
    {
        var now = TimeProvider.System.GetUtcNow();
        Assert.True(CertificateSetup.MakeAuthority(_folder.File("ca"), CertificatePeriod.From(now, 30)).IsOk);
        Assert.True(DirectoryRoot.Make(_folder.File("root")).IsOk);
        foreach (var node in nodes)
        {
            Assert.True((await MakeNodeAsync(node)).IsOk);
        }

        var entries = nodes.Select(node => _folder.File($"{node}/directory-entry.json")).ToList();
        Assert.True(DirectorySetup.Sign(
            _folder.File("root"), entries, _folder.File("directory"), null, null, now, 30).IsOk);
    }

    private static async Task<string> DoneAsync(params string[] arguments)
    {
        var result = await NodeProgram.RunAsync(arguments);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }
}
