using CbssReturn.Exchange.Mapping;
using CbssReturn.Exchange.Tests.Mapping;
using CsCheck;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Packets;

/// <summary>The walk and the parser are of one mind about what is known.</summary>
public sealed class FieldWalkTests
{
    [Fact]
    public void TryWalk_AnySection_KnowsEveryField() => RiskGens.Section.Sample(section =>
    {
        var walk = new FieldWalk();
        return walk.TryWalk(Wire.Section.Descriptor, SectionMapper.ToWire(section).ToByteArray())
            && !walk.HasUnknownFields;
    });

    [Fact]
    public void TryWalk_AnySectionWithAByteChanged_SeesUnknownFieldsWhereTheParserDoes() =>
        Gen.Select(RiskGens.Section, Gen.Int[0, int.MaxValue], Gen.Byte).Sample((section, place, value) =>
        {
            var bytes = SectionMapper.ToWire(section).ToByteArray();
            bytes[place % bytes.Length] = value;
            var walk = new FieldWalk();
            return !walk.TryWalk(Wire.Section.Descriptor, bytes)
                || !TryParse(bytes, out var parsed)
                || walk.HasUnknownFields == WireRules.HasNewerFields(parsed);
        });

    private static bool TryParse(byte[] bytes, out Wire.Section parsed)
    {
        try
        {
            parsed = Wire.Section.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            parsed = new Wire.Section();
            return false;
        }
    }
}
