using System.Text.Json.Nodes;
using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.Conformance.Tests;

/// <summary>Operations on the tree and the entries of audit logs.</summary>
public sealed class TreeOperationTests
{
    private const string Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Fact]
    public void InclusionAndConsistency_Vectors_AreAnsweredAsTheySay()
    {
        var answered = 0;
        foreach (var test in VectorFile.Load("audit", "tlog-vectors.json").GetProperty("cases").EnumerateArray())
        {
            var input = JsonNode.Parse(test.GetRawText())!.AsObject();
            input.Remove("expect");

            Assert.True(Harness.IsOk(input) == (test.Text("expect") == "ok"), test.Text("id"));
            answered++;
        }

        Assert.Equal(3480, answered);
    }

    [Fact]
    public void Inclusion_WrongInAnyWay_SaysWhich()
    {
        Assert.Equal("CB-4008", Harness.Code(Inclusion(Hash)));
        Assert.Equal("CB-4010", Harness.Code(Inclusion("AAAA")));
        Assert.Equal("CB-4010", Harness.Code(Inclusion(string.Empty)));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("AAA")]
    [InlineData("AAAA\n")]
    [InlineData("AB==")] // stray bits
    [InlineData("-_-_")]
    public void Inclusion_NotCanonicalBase64_CannotBeRead(string hash)
    {
        var input = Inclusion(hash);
        input["id"] = 1;

        var (exitStatus, lines) = Harness.Run(input.ToJsonString());

        Assert.Equal(1, exitStatus);
        Assert.Equal("""{"id":1,"error":"The field proof is not spelled as it must be."}""", Assert.Single(lines));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("\"1\"")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    public void Inclusion_IndexNotAWholeNumber_CannotBeRead(string index)
    {
        var line = Inclusion(Hash).ToJsonString()
            .Replace("\"leaf_index\":0", $"\"id\":1,\"leaf_index\":{index}", StringComparison.Ordinal);

        var (exitStatus, lines) = Harness.Run(line);

        Assert.Equal(1, exitStatus);
        Assert.Contains("leaf_index", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void EntryParse_Entry_GivesItsFields()
    {
        var entry = new LogEntry
        {
            Event = AuditEvent.ReceiptStored,
            Outcome = AuditOutcome.Done,
            At = DateTimeOffset.FromUnixTimeSeconds(1_795_516_200),
            Peer = Convert.FromHexString(Harness.Hex(16, 1)),
            Handle = Convert.FromHexString(Harness.Hex(16, 2)),
            Tag = Digest.FromBytes(Convert.FromHexString(Harness.Hex(32, 3))),
            Index = long.MaxValue,
            Detail = Digest.FromBytes(Convert.FromHexString(Harness.Hex(32, 4))),
        };

        var answer = Harness.Answer(EntryParse(entry.ToBytes()));
        var withoutDetail = Harness.Answer(EntryParse((entry with { Detail = null }).ToBytes()));

        Assert.Equal(
            $$"""
            {"id":"case","ok":true,"event":5,"outcome":1,"time":1795516200,"peer":"{{Harness.Hex(16, 1)}}","handle":"{{
            Harness.Hex(16, 2)}}","tag":"{{Harness.Hex(32, 3)}}","index":9223372036854775807,"detail":"{{
            Harness.Hex(32, 4)}}"}
            """,
            answer.GetRawText());
        Assert.Equal(string.Empty, withoutDetail.Text("detail"));
    }

    [Fact]
    public void EntryParse_AnotherForm_IsRefused()
    {
        Assert.Equal("CB-4007", Harness.Code(EntryParse([])));
        Assert.Equal("CB-4007", Harness.Code(EntryParse(new byte[113])));
    }

    private static JsonObject EntryParse(byte[] entry) =>
        new() { ["op"] = "entry.parse", ["entry"] = StrictHex.Encode(entry) };

    private static JsonObject Inclusion(string hash) => new()
    {
        ["op"] = "inclusion",
        ["leaf_index"] = 0,
        ["tree_size"] = 2,
        ["leaf_hash"] = Hash,
        ["root"] = Hash,
        ["proof"] = new JsonArray(hash),
    };
}
