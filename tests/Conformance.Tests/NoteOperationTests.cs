using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.Conformance.Tests;

/// <summary>Signed notes and what is made of them, as JSON lines.</summary>
public sealed class NoteOperationTests
{
    private static readonly JsonElement File = VectorFile.Load("audit", "note-vectors.json");

    [Fact]
    public void NoteOperations_Vectors_AnswerAsTheySay()
    {
        var cases = File.GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(880, cases.Length);
        foreach (var test in cases)
        {
            var input = JsonNode.Parse(test.GetRawText())!.AsObject();
            input.Remove("expect");

            Assert.True(Harness.IsOk(input) == (test.Text("expect") == "ok"), test.Text("id"));
        }
    }

    [Fact]
    public void Operations_CraftedVectors_AnswerWithTheirCode()
    {
        var cases = VectorFile.Load("audit", "crafted-vectors.json").GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(167, cases.Length);
        foreach (var test in cases)
        {
            var input = JsonNode.Parse(test.GetRawText())!.AsObject();
            input.Remove("expect");
            input.Remove("code");

            var answer = Harness.Answer(input);
            var code = answer.TryGetProperty("code", out var element) ? element.GetString() : null;
            Assert.True(code == test.GetProperty("code").GetString(), $"{test.Text("id")}: {code ?? "ok"}");
        }
    }

    [Fact]
    public void NoteOperations_Vectors_TellWhatWasRead()
    {
        Assert.Equal(
            """{"id":"note","ok":true,"signatures":2}""", Harness.Answer(Case("note")).GetRawText());
        Assert.Equal(
            """{"id":"cosigned-2","ok":true,"origin":"log.ee-shelter-1.cbssreturn.example","size":70000,"""
                + "\"root\":\"iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak=\",\"cosignatures\":2}",
            Harness.Answer(Case("cosigned-2")).GetRawText());
        Assert.Equal(
            """{"id":"proof/69999","ok":true,"index":69999,"size":70000}""",
            Harness.Answer(Case("proof/69999")).GetRawText());
        Assert.Equal(
            """{"id":"add/256","ok":true,"size":70000,"root":"iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak="}""",
            Harness.Answer(Case("add/256")).GetRawText());
    }

    [Theory]
    [InlineData("cosigned-2", "threshold", 3, "CB-4005")]
    [InlineData("cosigned-2", "text", "", "CB-4001")]
    [InlineData("note", "threshold", 3, "CB-4005")]
    [InlineData("note", "threshold", 18446744073709551615, "CB-4005")]
    [InlineData("proof/69999", "leaf_b64", "AA==", "CB-4008")]
    [InlineData("proof/69999", "text", "", "CB-4010")]
    [InlineData("add/256", "old_size", 255, "CB-4019")]
    [InlineData("add/256", "old_size", 18446744073709551615, "CB-1002")]
    [InlineData("add/256", "old_root", "AA==", "CB-1002")]
    [InlineData("add/256", "log_vkey", "a", "CB-6001")]
    public void NoteOperations_Changed_AreRefusedWithTheirCode(string id, string field, object value, string code)
    {
        var input = Case(id);
        input[field] = JsonSerializer.SerializeToNode(value);

        Assert.Equal(code, Harness.Code(input));
    }

    [Fact]
    public void NoteOperations_KeyOfTheOtherType_IsRefused()
    {
        var witness = File.GetProperty("keys").GetProperty("witness1").Text("vkey");
        var (asLog, asWitness) = (Case("signed"), Case("signed"));
        asLog["log_vkey"] = witness;
        asWitness["witness_vkeys"] = new JsonArray(File.GetProperty("keys").GetProperty("log").Text("vkey"));

        Assert.Equal("CB-6001", Harness.Code(asLog));
        Assert.Equal("CB-6001", Harness.Code(asWitness));
    }

    [Theory]
    [InlineData("proof/69999", "leaf_b64", "AB==")]
    [InlineData("proof/69999", "leaf_b64", "ca")]
    [InlineData("proof/69999", "leaf_b64", 7)]
    [InlineData("proof/69999", "witness_vkeys", "")]
    [InlineData("proof/69999", "witness_vkeys", null)]
    [InlineData("add/256", "old_root", "iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Al=")]
    public void NoteOperations_FieldSpelledOtherwise_IsAnError(string id, string field, object? value)
    {
        var input = Case(id);
        input[field] = JsonSerializer.SerializeToNode(value);

        var (exitStatus, lines) = Harness.Run(input.ToJsonString());

        Assert.Equal(1, exitStatus);
        Assert.Contains($"The field {field} is not spelled as it must be.", lines[0], StringComparison.Ordinal);
    }

    private static JsonObject Case(string id)
    {
        var test = File.GetProperty("cases").EnumerateArray().Single(test => test.Text("id") == id);
        var input = JsonNode.Parse(test.GetRawText())!.AsObject();
        input.Remove("expect");
        return input;
    }
}
