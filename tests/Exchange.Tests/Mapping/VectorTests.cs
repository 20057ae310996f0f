using System.Text.Json.Nodes;
using CbssReturn.Casework.Consent;
using CbssReturn.Exchange.Mapping;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>The vector files hold: names in JSON, numbers in bytes. A change of either breaks other nodes.</summary>
public sealed class VectorTests
{
    public static TheoryData<string> Names => [.. Vector.Sections];

    [Theory]
    [MemberData(nameof(Names))]
    public void Section_OfTheVector_ReadsAndWritesAsItStands(string name)
    {
        var vector = Vector.Read(name);
        var wire = Vector.Section(name);

        var section = SectionGens.Made(SectionMapper.FromWire(wire, Gens.Now, SectionSource.Written));

        Assert.True(JsonNode.DeepEquals(vector["json"], Vector.ToJson(SectionMapper.ToWire(section))));
        Assert.Equal(vector["bytes"]!.GetValue<string>(), Convert.ToHexStringLower(wire.ToByteArray()));
    }

    [Fact]
    public void Consent_OfTheVector_ReadsAndWritesAsItStands()
    {
        var vector = Vector.Read("consent");
        var wire = Vector.Consent();

        var record = SectionGens.Made(
            ConsentMapper.TermsFromWire(wire).Then(terms => ConsentRecord.Create(terms, Gens.Now)));

        Assert.Equal(vector["bytes"]!.GetValue<string>(), Convert.ToHexStringLower(wire.ToByteArray()));
        Assert.True(JsonNode.DeepEquals(vector["json"], Vector.ToJson(Unnamed(ConsentMapper.ToWire(record)))));
    }

    // What the node gives is drawn at random.
    private static Wire.ConsentRecord Unnamed(Wire.ConsentRecord record)
    {
        (record.ConsentId, record.Version, record.Status) = ("", 0, default);
        foreach (var grant in record.Grants)
        {
            grant.GrantId = "";
        }

        return record;
    }
}
