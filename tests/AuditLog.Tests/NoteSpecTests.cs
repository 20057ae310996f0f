using System.Text.RegularExpressions;
using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Holds the example texts of docs/spec/audit-log.md, sections 4 to 6, to the code.</summary>
public sealed partial class NoteSpecTests
{
    private const string Origin = "log.example.org/xx/ffeeddccbbaa99887766554433221100/1";
    private const string WitnessName = "witness.example.org/xx/0f0e0d0c0b0a09080706050403020100";

    private static readonly DateTimeOffset CosignedAt = new(2026, 11, 24, 10, 31, 5, TimeSpan.Zero);

    private static readonly string Text =
        File.ReadAllText(Repository.Combine("docs", "spec", "audit-log.md"));

    private static readonly Dictionary<string, string> Examples = Example().Matches(Text)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value);

    private static readonly byte[][] Entries = [Bytes("local"), Bytes("sent")];

    private static readonly VerifierKey Log = VerifierKey.OfLog(Origin, Key(1).Public);
    private static readonly VerifierKey Witness = VerifierKey.OfWitness(WitnessName, Key(33).Public);

    [Fact]
    public void Keys_OfTheText_AreThoseOfTheirSeeds()
    {
        Assert.Equal(Examples["vkey-log"], $"{Log}\n");
        Assert.Equal(Examples["vkey-witness"], $"{Witness}\n");
    }

    [Fact]
    public void Checkpoint_OfTheText_IsWhatTheCodeSignsAndReads()
    {
        var verified = CheckpointReader.Read(NoteVectors.Bytes(Examples["checkpoint"]), Log, [Witness], 1).Value;

        Assert.Equal(Examples["checkpoint"], Cosigned().ToText());
        Assert.Equal(2, verified.Checkpoint.Size);
        Assert.Equal(CosignedAt, verified.Cosignatures.Max(cosignature => cosignature.At));
    }

    [Fact]
    public void Policy_OfTheText_TrustsTheCheckpointOfTheText()
    {
        var policy = WitnessPolicy.Parse(NoteVectors.Bytes(Examples["policy"])).Value;

        Assert.True(CheckpointReader.Read(NoteVectors.Bytes(Examples["checkpoint"]), policy).IsOk);
    }

    [Fact]
    public async Task Proof_OfTheText_IsWhatTheCodeWritesAndVerifies()
    {
        var hashes = await InclusionProof.BuildAsync(new MemoryTree(Entries), 1, 2, default);
        var proof = TlogProof.Parse(NoteVectors.Bytes(Examples["tlog-proof"])).Value;

        Assert.Equal(Examples["tlog-proof"], new TlogProof(1, hashes.Value, Cosigned()).ToText());
        Assert.True(proof.Verify(Entries[1], Log, [Witness], 1).IsOk);
    }

    [Fact]
    public async Task Request_OfTheText_IsWhatTheCodeWritesAndAWitnessTakes()
    {
        var hashes = await ConsistencyProof.BuildAsync(new MemoryTree(Entries), 1, 2, default);
        var request = AddCheckpointRequest.Parse(NoteVectors.Bytes(Examples["add-checkpoint"])).Value;

        var answer = WitnessDecision.Decide(request, [Log], new WitnessedHead(1, LogHash.Leaf(Entries[0])));

        Assert.Equal(
            NoteVectors.Bytes(Examples["add-checkpoint"]),
            AddCheckpointRequest.Create(1, hashes.Value, Signed()).ToBytes());
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public void Kinds_OfTheText_AreThoseOfTheCode() => Assert.All(
        Enum.GetValues<AlarmKind>().Where(kind => kind != AlarmKind.Unspecified),
        kind => Assert.Contains(AlarmJson.NameOf(kind), Text, StringComparison.Ordinal));

    private static Checkpoint Head() => new(Origin, 2, new MemoryTree(Entries).Root);

    private static SignedNote Signed()
    {
        using var key = Key(1);
        return CheckpointSigning.Sign(Head(), key);
    }

    private static SignedNote Cosigned()
    {
        using var key = Key(33);
        return Signed().With([Cosignature.Sign(Head(), WitnessName, key, CosignedAt)]).Value;
    }

    private static NoteKey Key(int first) =>
        NoteKey.FromSeed([.. Enumerable.Range(first, 32).Select(value => (byte)value)]);

    private static byte[] Bytes(string name) => Convert.FromHexString(string.Concat(
        HexExample().Matches(Text).Single(match => match.Groups["name"].Value == name).Groups["hex"].Value
            .Where(char.IsAsciiHexDigit)));

    [GeneratedRegex("^```text (?<name>[a-z-]+)\n(?<text>[^`]+)```$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("^```example (?<name>[a-z-]+)\n(?<hex>[0-9a-f\n]+)```$", RegexOptions.Multiline)]
    private static partial Regex HexExample();
}
