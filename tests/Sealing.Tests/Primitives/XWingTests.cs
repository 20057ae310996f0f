using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class XWingTests
{
    [Fact]
    public void XWing_DraftVectors_GivesTheirKeysCiphertextsAndSecrets()
    {
        foreach (var test in VectorFile.Load("crypto", "xwing", "test-vectors.json").EnumerateArray())
        {
            using var key = KemPrivateKey.FromSeed(test.Hex("seed"));
            var (ciphertext, sent, received) = (new byte[XWing.CiphertextSizeBytes], new byte[32], new byte[32]);

            key.Public.Encapsulate(test.Hex("eseed"), ciphertext, sent);
            var isDone = key.TryDecapsulate(ciphertext, received);

            Assert.True(isDone);
            Assert.Equal(test.Text("pk"), Convert.ToHexStringLower(key.Public.Bytes.Span));
            Assert.Equal(test.Text("ct"), Convert.ToHexStringLower(ciphertext));
            Assert.Equal(test.Text("ss"), Convert.ToHexStringLower(sent));
            Assert.Equal(sent, received);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1215)]
    [InlineData(1217)]
    public void ParsePublicKey_WrongSize_IsRefused(int size) =>
        Assert.Equal(RefusalCode.KeyMalformed, KemPublicKey.Parse(new byte[size]).Refusal.Code);

    [Fact]
    public void ParsePublicKey_CoefficientNotReduced_IsRefused()
    {
        using var key = KemPrivateKey.Generate();
        var bytes = key.Public.Bytes.ToArray();
        (bytes[0], bytes[1]) = (0x01, (byte)((bytes[1] & 0xF0) | 0x0D)); // 3329 itself

        Assert.Equal(RefusalCode.KeyMalformed, KemPublicKey.Parse(bytes).Refusal.Code);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void XWing_LowOrderShare_IsRefusedOnBothSides(string share)
    {
        using var key = KemPrivateKey.Generate();
        var publicKey = key.Public.Bytes.ToArray();
        var (ciphertext, secret) = (new byte[XWing.CiphertextSizeBytes], new byte[32]);
        key.Public.Encapsulate(new byte[64], ciphertext, secret);
        Convert.FromHexString(share).CopyTo(publicKey, 1184);
        Convert.FromHexString(share).CopyTo(ciphertext, 1088);

        Assert.Equal(RefusalCode.KeyWeak, KemPublicKey.Parse(publicKey).Refusal.Code);
        Assert.False(key.TryDecapsulate(ciphertext, secret));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1119)]
    [InlineData(1121)]
    public void TryDecapsulate_WrongSize_IsRefused(int size)
    {
        using var key = KemPrivateKey.Generate();

        Assert.False(key.TryDecapsulate(new byte[size], new byte[32]));
    }
}
