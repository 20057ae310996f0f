using System.Text.RegularExpressions;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Holds the example bytes of docs/spec/audit-log.md, sections 1 to 3, to the code.</summary>
public sealed partial class SpecTests
{
    private static readonly Dictionary<string, byte[]> Examples = Example()
        .Matches(File.ReadAllText(Repository.Combine("docs", "spec", "audit-log.md")))
        .ToDictionary(
            match => match.Groups["name"].Value,
            match => Convert.FromHexString(string.Concat(match.Groups["hex"].Value.Where(char.IsAsciiHexDigit))));

    [Fact]
    public void Detail_OfTheText_IsWhatTheCodeWrites()
    {
        var bytes = EntryDetail.Encode([.. Enumerable.Range(1, 32).Select(i => (byte)i)], 1, [10, 11, 12]);

        Assert.Equal(512, bytes.Length);
        Assert.Equal(Examples["detail"], bytes[..Examples["detail"].Length]);
        Assert.DoesNotContain(bytes[Examples["detail"].Length..], value => value != 0);
        Assert.Equal(Examples["detail-digest"], Digest.Of(bytes).ToArray());
    }

    [Fact]
    public void Entries_OfTheText_AreWhatTheCodeWritesAndReads()
    {
        var local = SampleEntries.Local(Digest.FromBytes(Examples["detail-digest"]));
        var sent = SampleEntries.Packet() with { Tag = Digest.FromBytes(Convert.FromHexString(Repeat("a5"))) };

        Assert.Equal(Examples["local"], local.ToBytes());
        Assert.Equal(Examples["sent"], sent.ToBytes());
        Assert.Equal(AuditEvent.Local, LogEntry.Parse(Examples["local"]).Value.Event);
        Assert.Equal(AuditOutcome.Pending, LogEntry.Parse(Examples["sent"]).Value.Outcome);
    }

    [Fact]
    public void Tree_OfTheText_IsWhatTheCodeHashes()
    {
        var tree = new MemoryTree([Examples["local"], Examples["sent"]]);
        var files = tree.Export();

        Assert.Equal(Examples["leaf-local"], LogHash.Leaf(Examples["local"]).ToArray());
        Assert.Equal(Examples["leaf-sent"], LogHash.Leaf(Examples["sent"]).ToArray());
        Assert.Equal(Examples["root"], tree.Root.ToArray());
        Assert.Equal([.. Examples["leaf-local"], .. Examples["leaf-sent"]], files["tile/0/000.p/2"]);
        Assert.Equal(266, files["tile/entries/000.p/2"].Length);
        Assert.Equal(Examples["bundle-start"], files["tile/entries/000.p/2"][..8]);
    }

    private static string Repeat(string digits) => string.Concat(Enumerable.Repeat(digits, Digest.SizeBytes));

    [GeneratedRegex("^```example (?<name>[a-z-]+)\n(?<hex>[0-9a-f\n]+)```$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
