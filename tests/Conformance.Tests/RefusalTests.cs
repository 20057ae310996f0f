using System.Text.Json.Nodes;

namespace CbssReturn.Conformance.Tests;

/// <summary>Input that can be read and must be refused: a code, never a crash.</summary>
public sealed class RefusalTests
{
    private const string GoodKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private const string OpenXWing = "kem=xwing seed=%32 enc=%1120 info= aad= ciphertext=%16 sequence=0";
    private const string OpenX25519 =
        $"kem=x25519 private=%32 enc={GoodKey} info= aad= ciphertext=%16 sequence=0";
    private const string SignedRecord = $"public={GoodKey} suite=1 label=receipt fields=[] signature=%64";

    // Operation, fields that are all of the right size, the field to break, sizes in bytes that must be refused.
    public static TheoryData<string, string, string, int[]> WrongSizes => new()
    {
        { "ed25519.verify", $"public={GoodKey} message= signature=%64", "public", [0, 31, 33, 64] },
        { "ed25519.verify", $"public={GoodKey} message= signature=%64", "signature", [0, 63, 65, 128] },
        { "x25519.agree", $"private={GoodKey} public={GoodKey}", "private", [0, 31, 33] },
        { "x25519.agree", $"private={GoodKey} public={GoodKey}", "public", [0, 31, 33] },
        { "mlkem768.decapsulate", "seed=%64 ciphertext=%1088", "seed", [0, 32, 63, 65] },
        { "mlkem768.decapsulate", "seed=%64 ciphertext=%1088", "ciphertext", [0, 1087, 1089, 1120] },
        { "mlkem768.decapsulate", "dk=%2400 ciphertext=%1088", "dk", [0, 64, 2399, 2400, 2401] },
        { "mlkem768.encapsulate", "public=%1184 m=%32", "public", [0, 1183, 1185] },
        { "mlkem768.encapsulate", "public=%1184 m=%32", "m", [0, 31, 33] },
        { "mlkem768.checkkey", "public=%1184", "public", [0, 1183, 1185] },
        { "xwing.encapsulate", "public=%1216 eseed=%64", "public", [0, 1215, 1216, 1217] },
        { "xwing.decapsulate", "seed=%32 ciphertext=%1120", "seed", [0, 31, 33, 64] },
        { "xwing.decapsulate", "seed=%32 ciphertext=%1120", "ciphertext", [0, 1119, 1120, 1121] },
        { "hpke.open", OpenXWing, "seed", [0, 31, 33] },
        { "hpke.open", OpenXWing, "enc", [0, 32, 1119, 1120] },
        { "hpke.open", OpenX25519, "private", [0, 31] },
        { "hpke.open", OpenX25519, "enc", [0, 32, 33] },
        { "hpke.open", OpenX25519, "ciphertext", [0, 15, 16] },
        { "hpke.export", "kem=xwing seed=%32 enc=%1120 info= exporter_context= length=32", "enc", [0, 1119, 1120] },
        { "signature.verify", SignedRecord, "public", [0, 31, 33] },
        { "signature.verify", SignedRecord, "signature", [0, 63, 64] },
    };

    [Theory]
    [MemberData(nameof(WrongSizes))]
    public void Run_FieldOfWrongSize_IsRefusedWithACode(string op, string fields, string broken, int[] sizes) =>
        Assert.All(sizes, size =>
        {
            var input = Build(op, fields);
            input[broken] = Harness.Hex(size);

            Assert.Matches("^CB-[0-9]{4}$", Harness.Code(input));
        });

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // small order
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // order 8
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // not canonical
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // no point
    public void Ed25519Verify_KeyThatMustNotBeUsed_IsRefused(string key)
    {
        var input = Build("ed25519.verify", $"public={key} message= signature=%64");

        Assert.Equal("CB-6002", Harness.Code(input));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void X25519Agree_LowOrder_IsRefused(string key) =>
        Assert.Equal("CB-6002", Harness.Code(Build("x25519.agree", $"private={GoodKey} public={key}")));

    [Fact]
    public void MlKemCheckKey_CoefficientNotReduced_IsRefused()
    {
        var input = Build("mlkem768.checkkey", "public=%1184");
        Assert.True(Harness.IsOk(input));

        input["public"] = "ff0f00" + Harness.Hex(1181);

        Assert.Equal("CB-6001", Harness.Code(input));
    }

    [Theory]
    [InlineData(0UL, 2048)]
    [InlineData(2044UL, 2048)]
    [InlineData(2045UL, 4096)]
    [InlineData(4_194_300UL, 4_194_304)]
    public void Pad_Length_GivesThePaddedSize(ulong length, int padded)
    {
        var answer = Harness.Answer(new JsonObject { ["op"] = "pad", ["length"] = length });

        Assert.Equal(padded, answer.GetProperty("padded").GetInt32());
    }

    [Theory]
    [InlineData(4_194_301UL)]
    [InlineData(ulong.MaxValue)]
    public void Pad_TooLong_IsRefused(ulong length) =>
        Assert.Equal("CB-6005", Harness.Code(new JsonObject { ["op"] = "pad", ["length"] = length }));

    [Theory]
    [InlineData(0UL)]
    [InlineData(8161UL)]
    [InlineData(ulong.MaxValue)]
    public void HpkeExport_LengthOutside_IsRefused(ulong length)
    {
        var input = Build("hpke.export", $"kem=x25519 private=%32 enc={GoodKey} info= exporter_context=");
        input["length"] = length;

        Assert.Equal("CB-1008", Harness.Code(input));
    }

    [Fact]
    public void HpkeExport_LargestLength_IsGiven()
    {
        var input = Build("hpke.export", $"kem=x25519 private=%32 enc={GoodKey} info= exporter_context= length=8160");

        Assert.Equal(2 * 8160, Harness.Answer(input).GetProperty("exported").GetString()!.Length);
    }

    [Theory]
    [InlineData("suite=2", "CB-6006")]
    [InlineData("suite=65537", "CB-6006")]
    [InlineData("label=", "CB-1002")]
    [InlineData("label=ä", "CB-1002")]
    [InlineData("label=head", "CB-6003")]
    public void SignatureVerify_WrongSuiteOrLabel_IsRefused(string change, string code)
    {
        var input = Build("signature.verify", SignedRecord);
        Set(input, change);

        Assert.Equal(code, Harness.Code(input));
    }

    internal static JsonObject Build(string op, string fields)
    {
        var input = new JsonObject { ["op"] = op };
        foreach (var field in fields.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(input, field);
        }

        return input;
    }

    private static void Set(JsonObject input, string field)
    {
        var (name, value) = (field.Split('=')[0], field.Split('=')[1]);
        input[name] = value switch
        {
            "[]" => new JsonArray(),
            ['%', ..] => Harness.Hex(int.Parse(value[1..], null)),
            _ when name is "suite" or "sequence" or "length" => ulong.Parse(value, null),
            _ => value,
        };
    }
}
