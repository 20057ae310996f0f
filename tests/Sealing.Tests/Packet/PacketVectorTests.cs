using System.Text.RegularExpressions;

namespace CbssReturn.Sealing.Tests;

/// <summary>Holds the committed vectors of our own formats, and the text that quotes them, to the code.</summary>
/// <remarks>After a deliberate change of a format, run once with CBSS_WRITE_VECTORS=1 to write them anew.</remarks>
public sealed partial class PacketVectorTests
{
    [Fact]
    public void EnvelopeExample_Committed_IsWhatTheCodeMakes() =>
        AssertCurrent("envelope-example.json", PacketVectors.EnvelopeExample());

    [Fact]
    public void SigningRuleRecords_Committed_AreWhatTheCodeMakes() =>
        AssertCurrent("signing-rule.json", PacketVectors.SigningRuleRecords());

    [Fact]
    public void EnvelopeExample_Received_GivesItsParts()
    {
        var vector = VectorFile.Load("packet", "envelope-example.json");

        using var opened = Fixture.Receive(vector.Hex("envelope")).Value;

        Assert.Equal(
            vector.GetProperty("parts").EnumerateArray().Select(part => part.GetString()),
            opened.Parts.Select(part => StrictHex.Encode(part.Span)));
        Assert.Equal(vector.Text("transfer_tag"), StrictHex.Encode(opened.TransferTag));
    }

    [Fact]
    public void ReferralPacketText_Quoted_IsTheCommittedExample()
    {
        var text = File.ReadAllText(Repository.Combine("docs", "spec", "referral-packet.md"));
        var vector = VectorFile.Load("packet", "envelope-example.json");

        var quotes = Quote().Matches(text);

        Assert.True(quotes.Count >= 12, "The worked example is missing.");
        Assert.All(quotes, quote =>
        {
            var (name, index) = (quote.Groups["name"].Value, quote.Groups["index"].Value);
            var value = quote.Groups["value"].Value;
            var property = vector.GetProperty(name);
            var full = (index.Length == 0 ? property : property[int.Parse(index, null)]).ToString();
            Assert.True(
                value.EndsWith('…') ? full.StartsWith(value[..^1], StringComparison.Ordinal) : full == value,
                $"{name}{index} is {full[..Math.Min(80, full.Length)]}");
        });
    }

    private static void AssertCurrent(string name, string expected)
    {
        var path = Repository.Combine("tests", "Vectors", "packet", name);
        if (Environment.GetEnvironmentVariable("CBSS_WRITE_VECTORS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [GeneratedRegex(@"^(?<name>[a-z_0-9]+?)(\[(?<index>\d)\])? += (?<value>[0-9a-f]+…?)$", RegexOptions.Multiline)]
    private static partial Regex Quote();
}
