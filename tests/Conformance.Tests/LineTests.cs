using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Conformance.Operations;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.Conformance.Tests;

/// <summary>Lines that can and cannot be read.</summary>
public sealed class LineTests
{
    private const string Good = """{"id":"a","op":"pad","length":1}""";

    [Fact]
    public void Run_NoLines_ExitsWithZero()
    {
        var (exitStatus, lines) = Harness.Run(string.Empty);

        Assert.Equal(0, exitStatus);
        Assert.Empty(lines);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    [InlineData("\n\n\n")]
    public void Run_LinesEndedInAnyWay_AreAnsweredInOrder(string end)
    {
        var (exitStatus, lines) = Harness.Run(Good + "\n" + Good.Replace("\"a\"", "7", StringComparison.Ordinal) + end);

        Assert.Equal(0, exitStatus);
        Assert.Equal(["""{"id":"a","ok":true,"padded":2048}""", """{"id":7,"ok":true,"padded":2048}"""], lines);
    }

    [Fact]
    public void Run_RefusedInput_ExitsWithZero()
    {
        var (exitStatus, lines) = Harness.Run("""{"id":1,"op":"pad","length":9999999}""");

        Assert.Equal(0, exitStatus);
        Assert.Equal(["""{"id":1,"ok":false,"code":"CB-6005"}"""], lines);
    }

    [Theory]
    [InlineData("""{"id":"a","op":"pad","length":1,"lenght":1}""", "\"a\"")] // unknown field
    [InlineData("""{"id":"a","op":"pad"}""", "\"a\"")] // missing field
    [InlineData("""{"id":"a","op":"pad","length":1,"length":1}""", "null")] // twice
    [InlineData("""{"id":"a","op":"pad","Length":1}""", "\"a\"")] // other case
    [InlineData("""{"id":"a","op":"pad","length":"1"}""", "\"a\"")] // other kind
    [InlineData("""{"id":"a","op":"pad","length":-1}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"pad","length":1.0}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"pad","length":1e3}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"pad","length":18446744073709551616}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"pad","length":null}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"pads","length":1}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"PAD","length":1}""", "\"a\"")]
    [InlineData("""{"id":"a","op":1,"length":1}""", "\"a\"")]
    [InlineData("""{"id":"a","length":1}""", "\"a\"")]
    [InlineData("""{"op":"pad","length":1}""", "null")]
    [InlineData("""{"id":null,"op":"pad","length":1}""", "null")]
    [InlineData("""{"id":true,"op":"pad","length":1}""", "null")]
    [InlineData("""{"id":[],"op":"pad","length":1}""", "null")]
    [InlineData("""{"id":1.5,"op":"pad","length":1}""", "null")]
    [InlineData("""{"id":"\ud800","op":"pad","length":1}""", "null")]
    [InlineData("""{"id":"a","op":"pad","length":1,}""", "null")] // not JSON
    [InlineData("""{"id":"a","op":"pad","length":1} {}""", "null")]
    [InlineData("""{"id":"a","op":"pad","length":01}""", "null")]
    [InlineData("""{'id':'a'}""", "null")]
    [InlineData("""[]""", "null")]
    [InlineData("""7""", "null")]
    [InlineData("""null""", "null")]
    [InlineData("""{""", "null")]
    [InlineData("// no", "null")]
    [InlineData("\0", "null")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[", "null")]
    [InlineData("""{"id":"a","op":"x25519.agree","private":"0A","public":"00"}""", "\"a\"")] // upper case
    [InlineData("""{"id":"a","op":"x25519.agree","private":"0","public":"00"}""", "\"a\"")] // odd
    [InlineData("""{"id":"a","op":"x25519.agree","private":"zz","public":"00"}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"x25519.agree","private":"\udc00","public":"00"}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"mlkem768.decapsulate","seed":"","dk":"","ciphertext":""}""", "\"a\"")] // both
    [InlineData("""{"id":"a","op":"mlkem768.decapsulate","ciphertext":""}""", "\"a\"")] // neither
    [InlineData("""{"id":"a","op":"hpke.export","kem":"p256","seed":"","enc":""}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"hpke.export","seed":"","enc":""}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"signature.verify","fields":""}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"signature.verify","fields":[1]}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"signature.verify","fields":[["00"]]}""", "\"a\"")]
    [InlineData("""{"id":"a","op":"signature.verify","label":"\ud800"}""", "\"a\"")]
    [InlineData("""{"\ud800":1,"id":1,"op":"pad","length":1}""", "null")] // half a character as a name
    [InlineData("""{"id":1,"op":"pad","length":1,"\ud800":1}""", "null")]
    [InlineData("""{"id":1,"op":"pad","length":{"\udc00":1}}""", "null")]
    [InlineData("""{"\ud800":1,"\ud800":1}""", "null")]
    [InlineData("""{"\ud800":1}""", "null")]
    public void Run_LineThatCannotBeRead_IsAnErrorAndTheRestIsAnswered(string line, string id)
    {
        var (exitStatus, lines) = Harness.Run(line + "\n" + Good);

        Assert.Equal(1, exitStatus);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{{\"id\":{id},\"error\":\"", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"ok\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"ok\":true", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xwing", "private")]
    [InlineData("x25519", "seed")]
    public void Run_PrivateKeyUnderTheNameOfTheOtherKem_IsAnError(string kem, string field)
    {
        var (exitStatus, lines) = Harness.Run(
            $$"""{"id":1,"op":"hpke.export","kem":"{{kem}}","{{field}}":""}""");

        Assert.Equal(1, exitStatus);
        Assert.Equal("""{"id":1,"error":"There is a field that the operation does not have."}""", Assert.Single(lines));
    }

    [Fact]
    public void Run_LineTooLong_IsAnErrorAndTheRestIsAnswered()
    {
        using var reader = new LongLine(ConformanceRunner.LineCharsMax + 1L, Good);
        using var writer = new StringWriter();

        var exitStatus = ConformanceRunner.Run(reader, writer);

        var lines = writer.ToString().Split('\n');
        Assert.Equal(1, exitStatus);
        Assert.StartsWith("""{"id":null,"error":""", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"ok\":true", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_IdOfAnyText_ComesBack()
    {
        var id = "quote \" backslash \\ ü \u0001";

        var answer = Harness.Answer(new JsonObject { ["id"] = id, ["op"] = "pad", ["length"] = 1 });

        Assert.Equal(id, answer.GetProperty("id").GetString());
    }

    [Fact]
    public void OperationTable_AndItsText_AreTheSame()
    {
        var text = File.ReadAllText(Repository.Combine("docs", "spec", "conformance.md"));

        Assert.All(OperationTable.All(), operation =>
        {
            var row = text.Split('\n').Where(line => line.StartsWith($"| `{operation.Name}`", StringComparison.Ordinal)
                && (operation.Kem is null || line.Contains($"`{operation.Kem}`", StringComparison.Ordinal)));
            Assert.All(operation.Fields, field =>
                Assert.Contains($"`{field.Name}`", Assert.Single(row), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void ExampleLines_InTheText_AreAnsweredAsShown()
    {
        var text = File.ReadAllLines(Repository.Combine("docs", "spec", "conformance.md"));
        var examples = text.Select((line, i) => (line, next: i + 1 < text.Length ? text[i + 1] : string.Empty))
            .Where(pair => pair.line.StartsWith("> {", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            var (_, lines) = Harness.Run(example.line[2..]);
            using var expected = JsonDocument.Parse(example.next[2..]);
            using var actual = JsonDocument.Parse(lines[0]);
            Assert.Equal(expected.RootElement.GetRawText(), actual.RootElement.GetRawText());
        });
    }

    /// <summary>A line of any length without the memory for it, and then another line.</summary>
    private sealed class LongLine(long chars, string next) : TextReader
    {
        private readonly StringReader _next = new("\n" + next);
        private long _left = chars;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_left == 0)
            {
                return _next.Read(buffer, index, count);
            }

            var size = (int)Math.Min(count, _left);
            buffer.AsSpan(index, size).Fill('x');
            _left -= size;
            return size;
        }

        public override int Read(Span<char> buffer)
        {
            var array = new char[buffer.Length];
            var count = Read(array, 0, array.Length);
            array.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
    }
}
