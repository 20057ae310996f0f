using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class MlKem768Tests
{
    [Fact]
    public void FromSeed_KeygenVectors_GivesTheirKeys()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("mlkem_768_keygen_seed_test.json"))
        {
            using var key = MlKem768PrivateKey.FromSeed(test.Hex("seed"));
            using var expanded = MlKem768PrivateKey.FromExpanded(test.Hex("dk"));

            Assert.Equal(test.Text("ek"), PublicKeyOf(key));
            Assert.Equal(test.Text("ek"), PublicKeyOf(expanded!));
        }
    }

    [Fact]
    public void Encapsulate_WycheproofVectors_AnswersAsTheySay()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("mlkem_768_encaps_test.json"))
        {
            var key = MlKem768PublicKey.Parse(test.Hex("ek"));
            var (ciphertext, shared) = (new byte[MlKem768PublicKey.CiphertextSizeBytes], new byte[32]);

            key?.Encapsulate(test.Hex("m"), ciphertext, shared);

            Assert.True((key is not null) == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
            if (key is not null)
            {
                Assert.Equal(test.Text("c"), Convert.ToHexStringLower(ciphertext));
                Assert.Equal(test.Text("K"), Convert.ToHexStringLower(shared));
            }
        }
    }

    [Fact]
    public void TryDecapsulate_WycheproofVectorsFromSeed_AnswersAsTheySay()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("mlkem_768_test.json"))
        {
            var seed = test.Hex("seed");
            var shared = new byte[32];
            var isDone = false;
            if (seed.Length == MlKem768PrivateKey.SeedSizeBytes)
            {
                using var key = MlKem768PrivateKey.FromSeed(seed);
                isDone = key.TryDecapsulate(test.Hex("c"), shared);
            }

            Assert.True(isDone == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
            if (isDone)
            {
                Assert.Equal(test.Text("K"), Convert.ToHexStringLower(shared));
            }
        }
    }

    [Fact]
    public void TryDecapsulate_WycheproofVectorsFromExpandedKey_AnswersAsTheySay()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("mlkem_768_semi_expanded_decaps_test.json"))
        {
            using var key = MlKem768PrivateKey.FromExpanded(test.Hex("dk"));
            var shared = new byte[32];

            var isDone = key is not null && key.TryDecapsulate(test.Hex("c"), shared);

            Assert.True(isDone == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
            if (isDone && test.TryGetProperty("K", out var expected))
            {
                Assert.Equal(expected.GetString(), Convert.ToHexStringLower(shared));
            }
        }
    }

    [Fact]
    public void TryDecapsulate_WrongCiphertextOfRightSize_GivesAnotherSecret()
    {
        using var key = MlKem768PrivateKey.FromSeed(new byte[64]);
        var (ciphertext, sent, received) =
            (new byte[MlKem768PublicKey.CiphertextSizeBytes], new byte[32], new byte[32]);
        MlKem768PublicKey.Parse(Convert.FromHexString(PublicKeyOf(key)))!.Encapsulate(new byte[32], ciphertext, sent);
        ciphertext[7] ^= 1;

        Assert.True(key.TryDecapsulate(ciphertext, received));
        Assert.NotEqual(sent, received);
    }

    private static string PublicKeyOf(MlKem768PrivateKey key)
    {
        var bytes = new byte[MlKem768PublicKey.SizeBytes];
        key.CopyPublicKeyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
