using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class X25519StrictTests
{
    [Fact]
    public void TryAgree_WycheproofVectors_RefusesExactlyTheZeroSecrets()
    {
        var count = 0;
        foreach (var (_, test) in VectorFile.Wycheproof("x25519_test.json"))
        {
            var shared = new byte[32];

            var isAgreed = X25519Strict.TryAgree(test.Hex("private"), test.Hex("public"), shared);

            Assert.True(isAgreed != test.HasFlag("ZeroSharedSecret"), $"tcId {test.Number("tcId")}");
            Assert.Equal(isAgreed, !X25519Strict.IsLowOrder(test.Hex("public")));
            Assert.Equal(test.Text("shared"), Convert.ToHexStringLower(shared));
            count++;
        }

        Assert.Equal(518, count);
    }

    [Theory]
    [InlineData(31, 32)]
    [InlineData(33, 32)]
    [InlineData(32, 0)]
    [InlineData(32, 33)]
    public void TryAgree_WrongSize_IsRefused(int privateSize, int publicSize)
    {
        var (privateKey, publicKey) = (new byte[privateSize], new byte[publicSize]);
        publicKey.AsSpan().Fill(9);

        Assert.False(X25519Strict.TryAgree(privateKey, publicKey, new byte[32]));
    }
}
