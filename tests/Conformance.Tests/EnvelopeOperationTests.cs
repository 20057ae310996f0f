using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.Conformance.Tests;

public sealed class EnvelopeOperationTests
{
    private static readonly JsonElement Example = VectorFile.Load("packet", "envelope-example.json");
    private static readonly ulong Created = Example.GetProperty("created").GetUInt64();

    [Fact]
    public void Seal_Example_GivesItsBytes() =>
        Assert.Equal(Example.Text("envelope"), Harness.Answer(SealInput()).Text("envelope"));

    [Fact]
    public void Open_Example_GivesItsParts() => Assert.Equal(
        Example.GetProperty("parts").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal)
            .Replace("\n", string.Empty, StringComparison.Ordinal),
        Harness.Answer(OpenInput()).GetProperty("parts").GetRawText());

    [Fact]
    public void Verify_Example_IsOk() => Assert.True(Harness.IsOk(VerifyInput()));

    [Theory]
    [InlineData("sender_seed", 31, "CB-6001")]
    [InlineData("sender_seed", 33, "CB-6001")]
    [InlineData("recipient_public", 1215, "CB-6001")]
    [InlineData("recipient_public", 1216, "CB-6002")] // all zero: the X25519 half is of low order
    [InlineData("packet_id", 15, "CB-1007")]
    [InlineData("eseed", 63, "CB-1002")]
    public void Seal_WrongBytes_IsRefused(string field, int size, string code)
    {
        var input = SealInput();
        input[field] = Harness.Hex(size);

        Assert.Equal(code, Harness.Code(input));
    }

    [Fact]
    public void Seal_WrongPartsOrTimes_IsRefused()
    {
        var (none, many, large, backwards) = (SealInput(), SealInput(), SealInput(), SealInput());
        none["parts"] = new JsonArray();
        many["parts"] = new JsonArray([.. Enumerable.Repeat(0, 33).Select(_ => (JsonNode)string.Empty!)]);
        large["parts"] = new JsonArray(Harness.Hex((4 * 1024 * 1024) - 3));
        backwards["not_after"] = Created - 1;

        Assert.Equal("CB-1004", Harness.Code(none));
        Assert.Equal("CB-1004", Harness.Code(many));
        Assert.Equal("CB-6005", Harness.Code(large));
        Assert.Equal("CB-1017", Harness.Code(backwards));
    }

    [Fact]
    public void Seal_AnyNumberOfParts_AddsNoDummiesAndOpensOnlyAsEightSixteenOrThirtyTwo()
    {
        foreach (var count in Enumerable.Range(1, 32))
        {
            var seal = SealInput();
            seal["parts"] = new JsonArray(
                [.. Enumerable.Range(0, count).Select(i => (JsonNode)Harness.Hex(1, (byte)i)!)]);
            var open = OpenInput();
            open["envelope"] = Harness.Answer(seal).Text("envelope");

            if (count is 8 or 16 or 32)
            {
                Assert.Equal(count, Harness.Answer(open).GetProperty("parts").GetArrayLength());
            }
            else
            {
                Assert.Equal("CB-6004", Harness.Code(open));
            }
        }
    }

    [Theory]
    [InlineData(-601L, "CB-6013")]
    [InlineData((3L * 86_400) + 601, "CB-6012")]
    public void Open_OutsideTheWindow_IsRefused(long seconds, string code)
    {
        var input = OpenInput();
        input["now"] = (long)Created + seconds;

        Assert.Equal(code, Harness.Code(input));
    }

    [Fact]
    public void Open_LifeTooLong_IsRefused()
    {
        var seal = SealInput();
        seal["not_after"] = Created + (63 * 86_400UL);
        var open = OpenInput();
        open["envelope"] = Harness.Answer(seal).Text("envelope");

        Assert.Equal("CB-6014", Harness.Code(open));
    }

    [Fact]
    public void Open_OtherKeys_IsRefused()
    {
        var (recipient, shortSeed, sender) = (OpenInput(), OpenInput(), OpenInput());
        var (weak, far) = (OpenInput(), OpenInput());
        recipient["recipient_seed"] = Harness.Hex(32, 9);
        shortSeed["recipient_seed"] = Harness.Hex(31);
        sender["sender_public"] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        weak["sender_public"] = Harness.Hex(32);
        far["now"] = ulong.MaxValue;

        Assert.Equal("CB-6015", Harness.Code(recipient));
        Assert.Equal("CB-6001", Harness.Code(shortSeed));
        Assert.Equal("CB-6003", Harness.Code(sender));
        Assert.Equal("CB-6002", Harness.Code(weak));
        Assert.Equal("CB-1008", Harness.Code(far));
    }

    [Theory]
    [InlineData(0, "CB-6004")] // head length
    [InlineData(4, "CB-6006")] // suite
    [InlineData(10, "CB-6003")] // packet id: the head is signed
    [InlineData(4 + 1763, "CB-6003")] // signature
    [InlineData(4 + 1763 + 64, "CB-6016")] // first part
    [InlineData(4 + 1763 + 64 + (8 * 2064) - 1, "CB-6016")] // last byte
    public void OpenAndVerify_ByteChanged_IsRefused(int at, string code)
    {
        var changed = Example.Hex("envelope");
        changed[at] ^= 0x04;
        var (open, verify) = (OpenInput(), VerifyInput());
        open["envelope"] = Convert.ToHexStringLower(changed);
        verify["envelope"] = Convert.ToHexStringLower(changed);

        Assert.Equal(code, Harness.Code(open));
        Assert.Equal(code, Harness.Code(verify));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(18342)]
    public void OpenAndVerify_Truncated_IsRefused(int size)
    {
        var (open, verify) = (OpenInput(), VerifyInput());
        open["envelope"] = Convert.ToHexStringLower(Example.Hex("envelope").AsSpan(0, size));
        verify["envelope"] = Convert.ToHexStringLower(Example.Hex("envelope").AsSpan(0, size));

        Assert.Equal("CB-6004", Harness.Code(open));
        Assert.Equal("CB-6004", Harness.Code(verify));
    }

    [Fact]
    public void Verify_TrailingByte_IsRefused()
    {
        var input = VerifyInput();
        input["envelope"] = Example.Text("envelope") + "00";

        Assert.Equal("CB-6004", Harness.Code(input));
    }

    [Fact]
    public void Open_LargestEnvelope_FitsOnALine()
    {
        var seal = SealInput();
        var part = Harness.Hex((4 * 1024 * 1024) - 4, 0xAB);
        seal["parts"] = new JsonArray(part, part, part, "", "", "", "", "");
        var open = OpenInput();
        open["envelope"] = Harness.Answer(seal).Text("envelope");

        Assert.Equal(part, Harness.Answer(open).GetProperty("parts")[2].GetString());
    }

    private static JsonObject SealInput() => new()
    {
        ["op"] = "envelope.seal",
        ["sender_seed"] = Example.Text("sender_seed"),
        ["recipient_public"] = Example.Text("recipient_public"),
        ["packet_id"] = Example.Text("packet_id"),
        ["created"] = Created,
        ["not_after"] = Example.GetProperty("not_after").GetUInt64(),
        ["eseed"] = Example.Text("eseed"),
        ["parts"] = JsonNode.Parse(Example.GetProperty("parts").GetRawText()),
    };

    private static JsonObject OpenInput() => new()
    {
        ["op"] = "envelope.open",
        ["recipient_seed"] = Example.Text("recipient_seed"),
        ["sender_public"] = Example.Text("sender_public"),
        ["now"] = Created,
        ["envelope"] = Example.Text("envelope"),
    };

    private static JsonObject VerifyInput() => new()
    {
        ["op"] = "envelope.verify",
        ["sender_public"] = Example.Text("sender_public"),
        ["envelope"] = Example.Text("envelope"),
    };
}
