using System.Text.Json.Nodes;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>The vector files in tests/Vectors/sections: what it is, its JSON form, and its bytes in hex.</summary>
internal static class Vector
{
    public static readonly string[] Sections = ["identity", "risk", "travel_docs", "movement", "services"];

    public static JsonNode Read(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Vectors", "sections", name + ".json");
        return JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidOperationException("An empty vector.");
    }

    public static Wire.Section Section(string name) =>
        Wire.Section.Parser.ParseJson(Read(name)["json"]!.ToJsonString());

    public static Wire.ConsentRecord Consent() =>
        Wire.ConsentRecord.Parser.ParseJson(Read("consent")["json"]!.ToJsonString());

    public static JsonNode ToJson(IMessage message) => JsonNode.Parse(
        new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true)).Format(message))!;
}
