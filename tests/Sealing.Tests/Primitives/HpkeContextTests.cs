using System.Text.Json;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

public sealed class HpkeContextTests
{
    private const int AeadChaCha20Poly1305 = 3;

    [Fact]
    public void Hpke_XWingVectors_OpensAndExports()
    {
        var tests = VectorFile.Load("crypto", "hpke", "hpke-pq-test-vectors.json").EnumerateArray()
            .Where(test => test.Number("kem_id") == HpkeContext.KemXWing && test.Number("kdf_id") == 1).ToList();

        Assert.Single(tests);
        foreach (var test in tests)
        {
            using var key = KemPrivateKey.FromSeed(test.Hex("skRm"));
            var (shared, again, enc) = (new byte[32], new byte[32], new byte[XWing.CiphertextSizeBytes]);
            Assert.True(key.TryDecapsulate(test.Hex("enc"), shared));
            key.Public.Encapsulate(test.Hex("ikmE"), enc, again);

            Assert.Equal(test.Text("pkRm"), Convert.ToHexStringLower(key.Public.Bytes.Span));
            Assert.Equal(test.Text("enc"), Convert.ToHexStringLower(enc));
            Assert.Equal(shared, again);
            AssertSchedule(test, HpkeContext.KemXWing, shared);
        }
    }

    [Fact]
    public void Hpke_RfcVectorsForX25519BaseMode_OpensAndExports()
    {
        var tests = VectorFile.Load("crypto", "hpke", "rfc9180-x25519-p256-sha256-subset.json").EnumerateArray()
            .Where(test => test.Number("kem_id") == HpkeContext.KemX25519 && test.Number("mode") == 0
                && test.Number("aead_id") == AeadChaCha20Poly1305).ToList();

        Assert.Single(tests);
        foreach (var test in tests)
        {
            var shared = new byte[32];
            Assert.True(DhKemX25519.TryDecapsulate(test.Hex("skRm"), test.Hex("enc"), shared));
            AssertSchedule(test, HpkeContext.KemX25519, shared);
        }
    }

    [Fact]
    public void DhKemX25519_RfcVectorsOfOtherAeads_GivesTheirSharedSecrets()
    {
        var tests = VectorFile.Load("crypto", "hpke", "rfc9180-x25519-p256-sha256-subset.json").EnumerateArray()
            .Where(test => test.Number("kem_id") == HpkeContext.KemX25519 && test.Number("mode") == 0);
        foreach (var test in tests)
        {
            var shared = new byte[32];

            Assert.True(DhKemX25519.TryDecapsulate(test.Hex("skRm"), test.Hex("enc"), shared));
            Assert.Equal(test.Text("shared_secret"), Convert.ToHexStringLower(shared));
        }
    }

    [Fact]
    public void DhKemX25519_LowOrderOrWrongSize_IsRefused()
    {
        Assert.False(DhKemX25519.TryDecapsulate(new byte[32], new byte[32], new byte[32]));
        Assert.False(DhKemX25519.TryDecapsulate(new byte[32], new byte[31], new byte[32]));
    }

    private static void AssertSchedule(JsonElement test, ushort kemId, byte[] shared)
    {
        Assert.Equal(test.Text("shared_secret"), Convert.ToHexStringLower(shared));
        using var context = new HpkeContext(
            kemId, shared, test.Hex("info"), new byte[HpkeContext.SecretsSizeBytes]);
        foreach (var export in test.GetProperty("exports").EnumerateArray())
        {
            var output = new byte[export.Number("L")];
            context.Export(export.Hex("exporter_context"), output);
            Assert.Equal(export.Text("exported_value"), Convert.ToHexStringLower(output));
        }

        foreach (var encryption in test.GetProperty("encryptions").EnumerateArray())
        {
            var sequence = SequenceOf(test.Hex("base_nonce"), encryption.Hex("nonce"));
            var ciphertext = encryption.Hex("ct");
            var plaintext = new byte[ciphertext.Length - 16];
            Assert.True(context.TryOpen(sequence, encryption.Hex("aad"), ciphertext, plaintext));
            Assert.Equal(encryption.Text("pt"), Convert.ToHexStringLower(plaintext));
            Assert.False(context.TryOpen(sequence + 1, encryption.Hex("aad"), ciphertext, plaintext));
        }
    }

    private static ulong SequenceOf(byte[] baseNonce, byte[] nonce)
    {
        ulong sequence = 0;
        for (var i = 0; i < nonce.Length; i++)
        {
            sequence = (sequence << 8) | (byte)(baseNonce[i] ^ nonce[i]);
        }

        return sequence;
    }
}
