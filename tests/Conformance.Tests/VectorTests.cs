using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.Conformance.Tests;

/// <summary>Every operation on other people's vectors, as JSON lines.</summary>
public sealed class VectorTests
{
    [Fact]
    public void Ed25519Verify_Wycheproof_AnswersAsTheySay()
    {
        foreach (var (group, test) in VectorFile.Wycheproof("ed25519_test.json"))
        {
            AssertOk(test, new JsonObject
            {
                ["op"] = "ed25519.verify",
                ["public"] = group.GetProperty("publicKey").Text("pk"),
                ["message"] = test.Text("msg"),
                ["signature"] = test.Text("sig"),
            });
        }
    }

    [Fact]
    public void X25519Agree_Wycheproof_RefusesTheZeroSecretsOnly()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("x25519_test.json"))
        {
            var answer = Harness.Answer(new JsonObject
            {
                ["op"] = "x25519.agree",
                ["private"] = test.Text("private"),
                ["public"] = test.Text("public"),
            });

            Assert.Equal(!test.HasFlag("ZeroSharedSecret"), answer.GetProperty("ok").GetBoolean());
            if (answer.GetProperty("ok").GetBoolean())
            {
                Assert.Equal(test.Text("shared"), answer.Text("shared"));
            }
        }
    }

    [Fact]
    public void MlKemEncapsulateAndCheckKey_Wycheproof_AnswersAsTheySay()
    {
        foreach (var (_, test) in VectorFile.Wycheproof("mlkem_768_encaps_test.json"))
        {
            var answer = AssertOk(test, new JsonObject
            {
                ["op"] = "mlkem768.encapsulate",
                ["public"] = test.Text("ek"),
                ["m"] = test.Text("m"),
            });
            AssertOk(test, new JsonObject { ["op"] = "mlkem768.checkkey", ["public"] = test.Text("ek") });
            if (answer.GetProperty("ok").GetBoolean())
            {
                Assert.Equal(test.Text("c"), answer.Text("ciphertext"));
                Assert.Equal(test.Text("K"), answer.Text("shared"));
            }
        }
    }

    [Theory]
    [InlineData("mlkem_768_test.json", "seed")]
    [InlineData("mlkem_768_semi_expanded_decaps_test.json", "dk")]
    public void MlKemDecapsulate_Wycheproof_AnswersAsTheySay(string file, string key)
    {
        foreach (var (_, test) in VectorFile.Wycheproof(file))
        {
            var answer = AssertOk(test, new JsonObject
            {
                ["op"] = "mlkem768.decapsulate",
                [key] = test.Text(key),
                ["ciphertext"] = test.Text("c"),
            });
            if (answer.GetProperty("ok").GetBoolean() && test.TryGetProperty("K", out var shared))
            {
                Assert.Equal(shared.GetString(), answer.Text("shared"));
            }
        }
    }

    [Fact]
    public void XWing_DraftVectors_GiveTheirSecrets()
    {
        foreach (var test in VectorFile.Load("crypto", "xwing", "test-vectors.json").EnumerateArray())
        {
            var sent = Harness.Answer(new JsonObject
            {
                ["op"] = "xwing.encapsulate",
                ["public"] = test.Text("pk"),
                ["eseed"] = test.Text("eseed"),
            });
            var received = Harness.Answer(new JsonObject
            {
                ["op"] = "xwing.decapsulate",
                ["seed"] = test.Text("seed"),
                ["ciphertext"] = test.Text("ct"),
            });

            Assert.Equal(test.Text("ct"), sent.Text("ciphertext"));
            Assert.Equal(test.Text("ss"), sent.Text("shared"));
            Assert.Equal(test.Text("ss"), received.Text("shared"));
        }
    }

    [Theory]
    [InlineData("hpke-pq-test-vectors.json", 0x647A, "xwing", "seed")]
    [InlineData("rfc9180-x25519-p256-sha256-subset.json", 0x0020, "x25519", "private")]
    public void Hpke_Vectors_OpenAndExport(string file, int kemId, string kem, string key)
    {
        var test = VectorFile.Load("crypto", "hpke", file).EnumerateArray().Single(t => t.Number("kem_id") == kemId
            && t.Number("mode") == 0 && t.Number("kdf_id") == 1 && t.Number("aead_id") == 3);
        foreach (var encryption in test.GetProperty("encryptions").EnumerateArray())
        {
            var answer = Harness.Answer(new JsonObject
            {
                ["op"] = "hpke.open",
                ["kem"] = kem,
                [key] = test.Text("skRm"),
                ["enc"] = test.Text("enc"),
                ["info"] = test.Text("info"),
                ["aad"] = encryption.Text("aad"),
                ["ciphertext"] = encryption.Text("ct"),
                ["sequence"] = SequenceOf(test, encryption),
            });
            Assert.Equal(encryption.Text("pt"), answer.Text("plaintext"));
        }

        foreach (var export in test.GetProperty("exports").EnumerateArray())
        {
            var answer = Harness.Answer(new JsonObject
            {
                ["op"] = "hpke.export",
                ["kem"] = kem,
                [key] = test.Text("skRm"),
                ["enc"] = test.Text("enc"),
                ["info"] = test.Text("info"),
                ["exporter_context"] = export.Text("exporter_context"),
                ["length"] = export.Number("L"),
            });
            Assert.Equal(export.Text("exported_value"), answer.Text("exported"));
        }
    }

    [Fact]
    public void SignatureVerify_OwnVectors_AreRight()
    {
        foreach (var record in VectorFile.Load("packet", "signing-rule.json").GetProperty("records").EnumerateArray())
        {
            Assert.True(Harness.IsOk(new JsonObject
            {
                ["op"] = "signature.verify",
                ["public"] = record.Text("public"),
                ["suite"] = record.Number("suite"),
                ["label"] = record.Text("label"),
                ["fields"] = JsonNode.Parse(record.GetProperty("fields").GetRawText()),
                ["signature"] = record.Text("signature"),
            }));
        }
    }

    private static JsonElement AssertOk(JsonElement test, JsonObject input)
    {
        input["id"] = test.Number("tcId");
        var answer = Harness.Answer(input);
        Assert.True(
            answer.GetProperty("ok").GetBoolean() == (test.Text("result") == "valid"), $"tcId {test.Number("tcId")}");
        return answer;
    }

    private static ulong SequenceOf(JsonElement test, JsonElement encryption)
    {
        var (baseNonce, nonce) = (test.Hex("base_nonce"), encryption.Hex("nonce"));
        return nonce.Zip(baseNonce).Aggregate(0UL, (sum, pair) => (sum << 8) | (byte)(pair.First ^ pair.Second));
    }
}
