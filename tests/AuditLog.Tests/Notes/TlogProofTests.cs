using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class TlogProofTests
{
    private const string Hash = "iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak=\n";

    private static readonly SignedNote Note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value;

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 9223372036854775807\n" + Hash + "\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AQID\nindex 7\n" + Hash + Hash + "\n")]
    public void Parse_OneSpelling_ComesBack(string head)
    {
        var bytes = NoteVectors.Bytes(head + NoteVectors.Signed);

        Assert.Equal(bytes, TlogProof.Parse(bytes).Value.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n")]
    [InlineData(" c2sp.org/tlog-proof@v1\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex +1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex  1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1 \n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nIndex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n AAAA\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n")] // three bytes are no hash
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\niqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Al=\n\n")] // stray bits
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 1\n\n")] // nothing is left out instead
    [InlineData("c2sp.org/tlog-proof@v1\nextra AQI\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AQJ=\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nextra AQID\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AQID\nextra AQID\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\r\nindex 0\n\n")]
    public void Parse_AnotherSpelling_IsRefused(string head) => Assert.Equal(
        RefusalCode.ProofMalformed, TlogProof.Parse(NoteVectors.Bytes(head + NoteVectors.Signed)).Refusal.Code);

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\n")] // no checkpoint
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\nlog\n0\n\n")]
    public void Parse_WithoutANote_IsRefused(string text) =>
        Assert.Equal(RefusalCode.NoteMalformed, TlogProof.Parse(NoteVectors.Bytes(text)).Refusal.Code);

    [Fact]
    public void Parse_63Hashes_AreTheMost()
    {
        var most = new TlogProof(0, new Digest[63], Note).ToText();

        Assert.Equal(63, TlogProof.Parse(NoteVectors.Bytes(most)).Value.Hashes.Count);
        Assert.Equal(
            RefusalCode.ProofMalformed,
            TlogProof.Parse(NoteVectors.Bytes(most.Replace("index 0\n", "index 0\n" + Hash, StringComparison.Ordinal)))
                .Refusal.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlogProof(0, new Digest[64], Note));
    }

    [Fact]
    public void Parse_32KibibytesOfExtra_AreTheMost()
    {
        var most = new TlogProof(0, [], Note, new byte[TlogProof.ExtraSizeBytesMax]);
        var more = most.ToText().Replace("AAA=\n", "AAAA\n", StringComparison.Ordinal);

        Assert.Equal(most, TlogProof.Parse(most.ToBytes()).Value);
        Assert.NotEqual(more, most.ToText());
        Assert.Equal(RefusalCode.ProofMalformed, TlogProof.Parse(NoteVectors.Bytes(more)).Refusal.Code);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new TlogProof(0, [], Note, new byte[TlogProof.ExtraSizeBytesMax + 1]));
    }

    [Fact]
    public void Verify_TreeOfOneEntry_HasNoHashes()
    {
        using var key = NoteVectors.PrivateKey("log");
        var note = CheckpointSigning.Sign(
            new Checkpoint(NoteVectors.Log.Name, 1, LogHash.Leaf([1, 2])), key);
        var proof = new TlogProof(0, [], note);

        Assert.Equal(1, proof.Verify([1, 2], NoteVectors.Log, [], 0).Value.Checkpoint.Size);
        Assert.Equal(RefusalCode.InclusionWrong, proof.Verify([1, 3], NoteVectors.Log, [], 0).Refusal.Code);
        Assert.Equal(RefusalCode.QuorumMissing, proof.Verify([1, 2], NoteVectors.Log, [], 1).Refusal.Code);
    }

    [Fact]
    public void Verify_UnderAPolicy_AsksItsQuorum()
    {
        using var key = NoteVectors.PrivateKey("log");
        var note = CheckpointSigning.Sign(new Checkpoint(NoteVectors.Log.Name, 1, LogHash.Leaf([1])), key);
        var proof = new TlogProof(0, [], note);
        var open = WitnessPolicy.Of([NoteVectors.Log], [], 0).Value;
        var strict = WitnessPolicy.Of([NoteVectors.Log], NoteVectors.Witnesses, 1).Value;

        Assert.True(proof.Verify([1], open).IsOk);
        Assert.Equal(RefusalCode.InclusionWrong, proof.Verify([2], open).Refusal.Code);
        Assert.Equal(RefusalCode.QuorumMissing, proof.Verify([1], strict).Refusal.Code);
    }
}
