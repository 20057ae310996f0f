using System.Text;
using System.Text.Json.Nodes;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Configuration;

public sealed class NodeConfigurationLoaderTests : IDisposable
{
    private const string Least = """{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE" }""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_LeastConfiguration_TakesDefaultsAndAbsolutePaths()
    {
        var configuration = Load(Least).Value;

        Assert.Equal("3f0c7a52d1e84b6f9a10c5d2e7b48a31", configuration.NodeId.ToString());
        Assert.Equal(_folder.File("keystore"), configuration.KeystorePath);
        Assert.Equal(_folder.File("node.db"), configuration.StorePath);
        Assert.Equal(_folder.File("desk/desk.sock"), configuration.DeskSocketPath);
        Assert.Null(configuration.AuthorityPath);
        Assert.Equal(7443, configuration.Options.Listen.Port);
        Assert.Equal(3_650, configuration.Options.Audit.DetailDays);
    }

    [Fact]
    public void Load_WhatWriteWrote_IsTheSame()
    {
        var options = Load(Least).Value.Options;

        var again = Load(Encoding.UTF8.GetString(NodeConfigurationLoader.Write(options))).Value.Options;

        Assert.Equal(NodeConfigurationLoader.Write(options), NodeConfigurationLoader.Write(again));
    }

    [Theory]
    [InlineData("", "nodeid")]
    [InlineData("", "Country")]
    [InlineData("listen", "prot")]
    [InlineData("limits", "")]
    [InlineData("desk", "token")]
    public void Load_UnknownKey_IsRefusedAndNamed(string section, string key)
    {
        var refusal = Load(With(section, key, 1)).Refusal;

        Assert.Equal(RefusalCode.ConfigurationKeyUnknown, refusal.Code);
        Assert.Equal(section.Length == 0 ? key : $"{section}.{key}", refusal.Field);
    }

    [Theory]
    [InlineData("listen", "port", 65_536)]
    [InlineData("listen", "port", -1)]
    [InlineData("listen", "connections_max", 0)]
    [InlineData("limits", "receive_memory_mib", 31)]
    [InlineData("limits", "streams_per_peer_max", 0)]
    [InlineData("delivery", "poll_ms", 999)]
    [InlineData("delivery", "poll_ms", 5_001)]
    [InlineData("audit", "detail_days", 29)]
    [InlineData("audit", "detail_days", 36_501)]
    public void Load_ValueOutOfRange_IsRefusedAndNamed(string section, string key, int value)
    {
        var refusal = Load(With(section, key, value)).Refusal;

        Assert.Equal(RefusalCode.ConfigurationMalformed, refusal.Code);
        Assert.Equal($"{section}.{key}", refusal.Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{ }")]
    [InlineData("""{ "node_id": "3F0C7A52D1E84B6F9A10C5D2E7B48A31", "country": "SE" }""")]
    [InlineData("""{ "node_id": "3f0c", "country": "SE" }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "Sweden" }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "country": "LV" }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "tls": null }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "tls": { "key_file": "" } }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "listen": { "port": "7443" } }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "log": { "level": "Loud" } }""")]
    [InlineData("""{ "node_id": "3f0c7a52d1e84b6f9a10c5d2e7b48a31", "country": "SE", "log": { "level": 2 } }""")]
    public void Load_OutOfForm_IsRefused(string text) =>
        Assert.Equal(RefusalCode.ConfigurationMalformed, Load(text).Refusal.Code);

    [Fact]
    public void Load_SocketPathLongerThanTheKernelTakes_IsRefused()
    {
        var refusal = Load(With("desk", "socket", new string('s', 108))).Refusal;

        Assert.Equal("desk.socket", refusal.Field);
    }

    [Fact]
    public void Load_AddressThatIsNone_IsRefused()
    {
        var refusal = Load(With("listen", "address", "node.example")).Refusal;

        Assert.Equal("listen.address", refusal.Field);
    }

    [Fact]
    public void Load_TooLarge_IsRefused() => Assert.Equal(
        RefusalCode.FileTooLarge, Load(Least + new string(' ', NodeConfigurationLoader.SizeBytesMax)).Refusal.Code);

    [Fact]
    public void Load_NoFile_IsRefused() => Assert.Equal(
        RefusalCode.ConfigurationMalformed, NodeConfigurationLoader.Load(_folder.File("none.json")).Refusal.Code);

    [Theory]
    [InlineData("node.sample.basic.json")]
    [InlineData("node.sample.full.json")]
    public void Load_SampleInDeploy_IsTaken(string name)
    {
        var sample = File.ReadAllText(Path.Combine(Repository.Root, "deploy", name));

        Assert.True(Load(sample).IsOk);
    }

    private static string With(string section, string key, JsonNode value)
    {
        var root = JsonNode.Parse(Least)!.AsObject();
        if (section.Length == 0)
        {
            root[key] = value;
        }
        else
        {
            root[section] = new JsonObject { [key] = value };
        }

        return root.ToJsonString();
    }

    private Result<NodeConfiguration> Load(string text)
    {
        File.WriteAllText(_folder.File("node.json"), text);
        return NodeConfigurationLoader.Load(_folder.File("node.json"));
    }
}
