using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

public sealed class IdTests
{
    [Fact]
    public void KeyId_BytesAndText_ComeBack() => Gen.Byte.Array[32].Sample(bytes =>
    {
        var id = KeyId.FromBytes(bytes);
        return id.ToArray().AsSpan().SequenceEqual(bytes)
            && id.ToString() == Convert.ToHexStringLower(bytes)
            && KeyId.Parse(id.ToString()).Value == id
            && id.GetHashCode() == KeyId.FromBytes(bytes).GetHashCode();
    });

    [Fact]
    public void PacketId_BytesAndText_ComeBack() => Gen.Byte.Array[16].Sample(bytes =>
    {
        var id = PacketId.FromBytes(bytes);
        return id.ToArray().AsSpan().SequenceEqual(bytes) && PacketId.Parse(id.ToString()).Value == id;
    });

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000A")]
    [InlineData("0x000000000000000000000000000000")]
    [InlineData(" 0000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000g")]
    [InlineData("0000000000000000000000000000000٠")]
    public void Parse_OtherSpelling_IsRefused(string text)
    {
        Assert.Equal(RefusalCode.IdentifierMalformed, PacketId.Parse(text).Refusal.Code);
        Assert.Equal(RefusalCode.IdentifierMalformed, NodeId.Parse(text).Refusal.Code);
        Assert.Equal(RefusalCode.IdentifierMalformed, KeyId.Parse(text + text).Refusal.Code);
        Assert.Equal(RefusalCode.IdentifierMalformed, Digest.Parse(text + text).Refusal.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(33)]
    public void FromBytes_WrongSize_Throws(int size)
    {
        Assert.Throws<ArgumentException>(() => PacketId.FromBytes(new byte[size]));
        Assert.Throws<ArgumentException>(() => NodeId.FromBytes(new byte[size]));
        Assert.Throws<ArgumentException>(() => KeyId.FromBytes(new byte[size]));
        Assert.Throws<ArgumentException>(() => Digest.FromBytes(new byte[size]));
    }

    [Fact]
    public void NewRandom_Twice_Differs()
    {
        Assert.NotEqual(PacketId.NewRandom(), PacketId.NewRandom());
        Assert.NotEqual(NodeId.NewRandom(), NodeId.NewRandom());
    }

    [Fact]
    public void Digest_OfNothing_IsThatOfSha256() => Assert.Equal(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digest.Of([]).ToString());
}
