using System.Buffers.Binary;
using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Sealing.Tests;

public sealed class SigningRuleTests
{
    [Fact]
    public void Compute_AnyFields_IsTheHashOfTheWrittenForm() => Gen.Byte.Array[0, 300].Array[0, 6].Sample(fields =>
    {
        List<byte> form = [.. Prefixed("CBSS-RETURN/1 some label"u8)];
        foreach (var field in fields)
        {
            form.AddRange(Prefixed(field));
        }

        var digest = TranscriptHash.Compute("some label", [.. fields.Select(f => (ReadOnlyMemory<byte>)f)]);

        return digest == Digest.FromBytes(SHA256.HashData([.. form]));
    });

    [Fact]
    public void Compute_FieldLargerThanTheFirstBuffer_IsTheSame()
    {
        var field = RandomNumberGenerator.GetBytes(100_000);

        Assert.Equal(
            Digest.FromBytes(SHA256.HashData([.. Prefixed("CBSS-RETURN/1 x"u8), .. Prefixed(field)])),
            TranscriptHash.ComputeOne("x", field));
    }

    [Fact]
    public void Compute_FieldsCutElsewhere_Differs() => Assert.NotEqual(
        TranscriptHash.Compute("x", "ab"u8.ToArray(), "c"u8.ToArray()),
        TranscriptHash.Compute("x", "a"u8.ToArray(), "bc"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Compute_NoLabel_Throws(string label)
    {
        Assert.False(TranscriptHash.IsLabel(label));
        Assert.Throws<ArgumentException>(() => TranscriptHash.Compute(label));
    }

    [Fact]
    public void Sign_AnyRecord_SignsTheWrittenForm()
    {
        using var key = SigningKey.Generate();
        byte[] field = [1, 2, 3];

        var signature = SigningRule.Sign(key, Suite.One, "receipt", field);

        byte[] message =
        [
            .. "CBSS-RETURN/1 receipt-signature"u8, 0x00, 0x01, .. TranscriptHash.Compute("receipt", field).ToArray(),
        ];
        Assert.Equal(
            0,
            Sodium.crypto_sign_verify_detached(signature, message, (ulong)message.Length, key.Public.Bytes.ToArray()));
    }

    [Fact]
    public void Verify_AnythingElseChanged_IsFalse()
    {
        using var key = SigningKey.Generate();
        using var other = SigningKey.Generate();
        byte[] field = [1, 2, 3];
        var signature = SigningRule.Sign(key, Suite.One, "receipt", field);

        Assert.True(SigningRule.Verify(key.Public, Suite.One, "receipt", signature, field));
        Assert.False(SigningRule.Verify(key.Public, Suite.One, "head", signature, field));
        Assert.False(SigningRule.Verify(key.Public, 0x0002, "receipt", signature, field));
        Assert.False(SigningRule.Verify(other.Public, Suite.One, "receipt", signature, field));
        Assert.False(SigningRule.Verify(key.Public, Suite.One, "receipt", signature, field, field));
        Assert.False(SigningRule.Verify(key.Public, Suite.One, "receipt", signature.AsSpan(0, 63), field));
        Assert.Throws<ArgumentException>(() => SigningRule.Sign(key, 0x0002, "receipt", field));
    }

    [Theory]
    [InlineData("head")]
    [InlineData("epoch key")]
    [InlineData("receipt")]
    public void Sign_VectorsOfTheLabels_GivesTheirSignatures(string label)
    {
        var vector = VectorFile.Load("packet", "signing-rule.json").GetProperty("records").EnumerateArray()
            .Single(record => record.Text("label") == label);
        using var key = SigningKey.FromSeed(vector.Hex("seed"));
        ReadOnlyMemory<byte>[] fields =
            [.. vector.GetProperty("fields").EnumerateArray().Select(f => Convert.FromHexString(f.GetString()!))];

        var signature = SigningRule.Sign(key, (ushort)vector.Number("suite"), label, fields);

        Assert.Equal(vector.Text("public"), Convert.ToHexStringLower(key.Public.Bytes.Span));
        Assert.Equal(vector.Text("kid"), key.Kid.ToString());
        Assert.Equal(vector.Text("digest"), TranscriptHash.Compute(label, fields).ToString());
        Assert.Equal(vector.Text("signature"), Convert.ToHexStringLower(signature));
        Assert.True(SigningRule.Verify(key.Public, Suite.One, label, signature, fields));
    }

    [Fact]
    public void VerifyingKey_Refused_SaysWhy()
    {
        var neutral = new byte[32];
        neutral[0] = 1;
        var noPoint = new byte[32];
        noPoint[0] = 2;

        Assert.Equal(RefusalCode.KeyMalformed, VerifyingKey.Parse(new byte[31]).Refusal.Code);
        Assert.Equal(RefusalCode.KeyWeak, VerifyingKey.Parse(noPoint).Refusal.Code);
        Assert.Equal(RefusalCode.KeyWeak, VerifyingKey.Parse(neutral).Refusal.Code);
    }

    private static byte[] Prefixed(ReadOnlySpan<byte> field)
    {
        var bytes = new byte[4 + field.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, field.Length);
        field.CopyTo(bytes.AsSpan(4));
        return bytes;
    }
}
