using System.Text;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class WitnessPolicyTests
{
    // X1 X2 X3 and Y1 Y2 Y3: two organisations, as in the example of c2sp.org/tlog-policy.
    private static readonly VerifierKey[] Keys = [.. Enumerable.Range(1, 6).Select(Witness)];

    private static readonly string Example = $"""
        # a policy
        log {NoteVectors.Log} https://log.example/

        witness X1 {Keys[0]}
         witness{"\t"}X2   {Keys[1]} https://x2.example/
        witness X3 {Keys[2]}
        group X-witnesses 2 X1 X2 X3
          # the others
        witness Y1 {Keys[3]}
        witness Y2 {Keys[4]}
        witness Y3 {Keys[5]}
        group Y-witnesses any Y1 Y2 Y3
        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData("", false)]
    [InlineData("0 1", false)]
    [InlineData("3 4 5", false)]
    [InlineData("0 3", false)]
    [InlineData("0 1 3", true)]
    [InlineData("0 2 5", true)]
    [InlineData("0 1 2 3 4 5", true)]
    public void IsMetBy_TwoLevels_AsksBoth(string cosigners, bool isMet)
    {
        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(Example)).Value;
        var keys = cosigners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => Keys[int.Parse(i, null)]);

        Assert.Equal(isMet, policy.IsMetBy([.. keys, NoteVectors.Witness1]));
    }

    [Fact]
    public void Parse_Example_HasItsParts()
    {
        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(Example)).Value;

        Assert.Equal(new PolicyLog(NoteVectors.Log, "https://log.example/"), Assert.Single(policy.Logs));
        Assert.Equal(new PolicyWitness("X2", Keys[1], "https://x2.example/"), policy.Witnesses[1]);
        Assert.Equal([2, 1, 2], policy.Groups.Select(group => group.Threshold));
        Assert.Equal("X-and-Y", policy.Quorum);
    }

    [Fact]
    public void ToBytes_OfAnyPolicy_ReadsAsTheSame()
    {
        var bytes = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(Example)).Value.ToBytes();

        Assert.Equal(bytes, WitnessPolicy.Parse(bytes).Value.ToBytes());
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_StandInCommentsAndNames()
    {
        byte[] name = [0xff, 0x80];
        byte[] file =
        [
            .. "# "u8, 0xfe, .. "\nwitness "u8, .. name, .. Encoding.UTF8.GetBytes($" {Keys[0]}\nquorum "),
            .. name, .. "\n"u8,
        ];

        var policy = WitnessPolicy.Parse(file).Value;

        Assert.True(policy.IsMetBy([Keys[0]]));
        Assert.Equal(file[4..], policy.ToBytes());
    }

    [Fact]
    public void Parse_KeyNameThatIsNotAscii_IsThatKey()
    {
        var key = VerifierKey.OfWitness("zeuge.example/ä", Keys[0].Key);

        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes($"witness a {key}\nquorum a\n")).Value;

        Assert.Equal(key, policy.Witnesses[0].Key);
        Assert.Equal(policy.ToBytes(), Encoding.UTF8.GetBytes($"witness a {key}\nquorum a\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("quorum none")] // no line feed
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("quorum a\n")]
    [InlineData("quorum\n")]
    [InlineData("quorum none none\n")]
    [InlineData("Quorum none\n")]
    [InlineData("quorum none\r\n")]
    [InlineData("quorum none\nlog\n")]
    [InlineData("quorum none\nlog %L a b\n")]
    [InlineData("quorum none\nlog %1\n")] // a witness is no log
    [InlineData("quorum none\nlog %L\nlog %L\n")]
    [InlineData("quorum none\nwitness a %L\n")]
    [InlineData("quorum none\nwitness %1\n")]
    [InlineData("quorum none\nwitness a %1\nwitness b %1\n")]
    [InlineData("quorum none\nwitness a %1\nwitness a %2\n")]
    [InlineData("quorum none\nwitness none %1\n")]
    [InlineData("quorum a\nwitness a %1\n")] // defined below
    [InlineData("quorum none\ngroup g any\n")]
    [InlineData("quorum none\ngroup g any a\n")]
    [InlineData("quorum none\ngroup g any none\n")]
    [InlineData("quorum none\ngroup g any g\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g 0 a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g 2 a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g 01 a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g one a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g any a a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup a any a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup g any a\ngroup h any a\n")]
    [InlineData("quorum none\nwitness a %1\ngroup none any a\n")]
    [InlineData("quorum none\nquorums none\n")]
    [InlineData("quorum none\n\u007f\n")]
    [InlineData("quorum none\n#\u0000\n")]
    public void Parse_AgainstTheRules_IsRefused(string text)
    {
        var file = text.Replace("%L", NoteVectors.Log.ToString(), StringComparison.Ordinal)
            .Replace("%1", Keys[0].ToString(), StringComparison.Ordinal)
            .Replace("%2", Keys[1].ToString(), StringComparison.Ordinal);

        Assert.Equal(
            RefusalCode.PolicyMalformed, WitnessPolicy.Parse(Encoding.UTF8.GetBytes(file)).Refusal.Code);
    }

    [Fact]
    public void Parse_BreachInALine_NamesIt() => Assert.StartsWith(
        "Line 3: ",
        WitnessPolicy.Parse("quorum none\n\nlog a\n"u8).Refusal.Message,
        StringComparison.Ordinal);

    [Fact]
    public void Parse_256Kibibytes_AreTheMost()
    {
        var comment = "#" + new string('x', WitnessPolicy.SizeBytesMax - "#\nquorum none\n".Length);

        Assert.True(WitnessPolicy.Parse(Encoding.UTF8.GetBytes($"{comment}\nquorum none\n")).IsOk);
        Assert.False(WitnessPolicy.Parse(Encoding.UTF8.GetBytes($"{comment}x\nquorum none\n")).IsOk);
    }

    [Fact]
    public void Parse_256Witnesses_AreTheMost()
    {
        string Policy(int count) => string.Concat(
            Enumerable.Range(0, count).Select(i => $"witness w{i} {Witness(i)}\n")) + "quorum none\n";

        Assert.Equal(256, WitnessPolicy.Parse(Encoding.UTF8.GetBytes(Policy(256))).Value.Witnesses.Count);
        Assert.False(WitnessPolicy.Parse(Encoding.UTF8.GetBytes(Policy(257))).IsOk);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(7, 5)]
    [InlineData(10, 7)]
    [InlineData(11, 8)]
    public void QuorumOf_Witnesses_IsMoreThanTwoThirds(int witnesses, int quorum) =>
        Assert.Equal(quorum, WitnessPolicy.QuorumOf(witnesses));

    [Fact]
    public void Of_Threshold_AsksForSoMany()
    {
        var policy = WitnessPolicy.Of([NoteVectors.Log], Keys, 4).Value;

        Assert.False(policy.IsMetBy(Keys[..3]));
        Assert.True(policy.IsMetBy(Keys[..4]));
        Assert.True(WitnessPolicy.Of([], [], 0).Value.IsMetBy([]));
        Assert.Equal(
            RefusalCode.PolicyMalformed, WitnessPolicy.Of([], [Keys[0], Keys[0]], 1).Refusal.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => WitnessPolicy.Of([], Keys, 7));
    }

    [Fact]
    public void Read_CheckpointUnderAPolicy_AsksLogAndQuorum()
    {
        var bytes = NoteVectors.Bytes(NoteVectors.Cosigned);
        var both = WitnessPolicy.Of([Log("log.example/x"), NoteVectors.Log], NoteVectors.Witnesses, 2).Value;
        var other = WitnessPolicy.Of([Log("log.example/x")], NoteVectors.Witnesses, 2).Value;
        var more = WitnessPolicy.Of([NoteVectors.Log], [.. NoteVectors.Witnesses, Keys[0]], 3).Value;

        Assert.Equal(NoteVectors.Log, CheckpointReader.Read(bytes, both).Value.Log);
        Assert.Equal(RefusalCode.NoteSignatureWrong, CheckpointReader.Read(bytes, other).Refusal.Code);
        Assert.Equal(RefusalCode.QuorumMissing, CheckpointReader.Read(bytes, more).Refusal.Code);
    }

    [Fact]
    public void Read_CheckpointOfOneLogSignedByAnother_IsRefused()
    {
        using var stranger = NoteVectors.PrivateKey("stranger");
        var text = new Checkpoint(NoteVectors.Log.Name, 1, default).ToText();
        var key = VerifierKey.OfLog("log.example/x", stranger.Public);
        var note = SignedNote.Create(
            text, new NoteSignature(key.Name, key.Id, stranger.Sign(NoteVectors.Bytes(text))));
        var policy = WitnessPolicy.Of([key, NoteVectors.Log], [], 0).Value;

        Assert.Equal(RefusalCode.OriginWrong, CheckpointReader.Read(note.ToBytes(), policy).Refusal.Code);
    }

    private static VerifierKey Log(string name)
    {
        using var key = NoteVectors.PrivateKey("stranger");
        return VerifierKey.OfLog(name, key.Public);
    }

    private static VerifierKey Witness(int i)
    {
        using var key = NoteKey.FromSeed(Digest.Of(BitConverter.GetBytes(i)).ToArray());
        return VerifierKey.OfWitness($"witness.example/{i}", key.Public);
    }
}
