using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class Ed25519StrictTests
{
    [Fact]
    public void Verify_WycheproofVectors_AnswersAsTheySay()
    {
        var count = 0;
        foreach (var (group, test) in VectorFile.Wycheproof("ed25519_test.json"))
        {
            var key = Ed25519PublicKey.Parse(group.GetProperty("publicKey").Hex("pk"));

            var isRight = key is not null && key.Verify(test.Hex("msg"), test.Hex("sig"));

            Assert.True(isRight == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
            count++;
        }

        Assert.Equal(151, count);
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // the neutral point
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // order 2
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // order 4
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")] // order 4
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")] // order 8
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // order 8
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // neutral, not canonical
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // order 4, not canonical
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // no point at all
    public void ParsePublicKey_NotOfPrimeOrder_IsRefused(string key) =>
        Assert.Null(Ed25519PublicKey.Parse(Convert.FromHexString(key)));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void ParsePublicKey_WrongSize_IsRefused(int size) =>
        Assert.Null(Ed25519PublicKey.Parse(new byte[size]));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void Verify_SignatureOfWrongSize_IsRefused(int size)
    {
        using var key = SigningKey.Generate();

        Assert.False(key.Public.Verify("m"u8, new byte[size]));
    }
}
