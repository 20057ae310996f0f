using CsCheck;

namespace CbssReturn.Sealing.Tests;

/// <summary>Design rule 6: one spelling for each value.</summary>
public sealed class StrictTextTests
{
    [Fact]
    public void Rule6_Base64OfAnyBytes_ComesBack() => Gen.Byte.Array[0, 100].Sample(bytes =>
        StrictBase64.TryDecode(StrictBase64.Encode(bytes), out var decoded) && decoded.AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Rule6_AnyAcceptedBase64_IsTheOneSpelling() => Gen.String["ABab/+=01 \n"].Sample(text =>
        !StrictBase64.TryDecode(text, out var decoded) || StrictBase64.Encode(decoded) == text);

    [Theory]
    [InlineData("QQ=")]
    [InlineData("QQ")]
    [InlineData("QR==")] // stray bits: A has another spelling
    [InlineData("QUJ=")]
    [InlineData("QQ==\n")]
    [InlineData(" QQ==")]
    [InlineData("Q Q==")]
    [InlineData("QQ==QQ==")]
    [InlineData("====")]
    [InlineData("Q===")]
    [InlineData("_-__")]
    [InlineData("QQ\0=")]
    public void Rule6_Base64OfAnotherSpelling_IsRefused(string text)
    {
        Assert.False(StrictBase64.TryDecode(text, out var decoded));
        Assert.Empty(decoded);
    }

    [Fact]
    public void Hex_OfAnyBytes_ComesBack() => Gen.Byte.Array[0, 100].Sample(bytes =>
        StrictHex.TryDecode(StrictHex.Encode(bytes), out var decoded) && decoded.AsSpan().SequenceEqual(bytes));

    [Theory]
    [InlineData("0")]
    [InlineData("0A")]
    [InlineData("zz")]
    [InlineData("0x00")]
    [InlineData("00 ")]
    public void Hex_OfAnotherSpelling_IsRefused(string text)
    {
        Assert.False(StrictHex.TryDecode(text, out var decoded));
        Assert.Empty(decoded);
    }
}
