using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class AddCheckpointRequestTests
{
    private const string Hash = "iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak=\n";

    [Theory]
    [InlineData("old 0\n\n")]
    [InlineData("old 9223372036854775807\n" + Hash + Hash + "\n")]
    public void Parse_OneSpelling_ComesBack(string head)
    {
        var bytes = NoteVectors.Bytes(head + NoteVectors.Cosigned);

        Assert.Equal(bytes, AddCheckpointRequest.Parse(bytes).Value.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("old\n\n")]
    [InlineData("old \n\n")]
    [InlineData("old 01\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("old  1\n\n")]
    [InlineData("old 1 \n\n")]
    [InlineData("Old 1\n\n")]
    [InlineData("oldx1\n\n")]
    [InlineData("old 9223372036854775808\n\n")]
    [InlineData("old 1\nold 1\n\n")]
    [InlineData("old 1\nAAAA\n\n")]
    [InlineData("old 1\n" + Hash)]
    [InlineData("old 1\r\n\n")]
    public void Parse_AnotherSpelling_IsRefused(string head) => Assert.Equal(
        RefusalCode.ProofMalformed,
        AddCheckpointRequest.Parse(NoteVectors.Bytes(head + NoteVectors.Signed)).Refusal.Code);

    [Fact]
    public void Parse_63Hashes_AreTheMost()
    {
        string Body(int count) => $"old 1\n{string.Concat(Enumerable.Repeat(Hash, count))}\n{NoteVectors.Signed}";

        Assert.Equal(63, AddCheckpointRequest.Parse(NoteVectors.Bytes(Body(63))).Value.Proof.Count);
        Assert.False(AddCheckpointRequest.Parse(NoteVectors.Bytes(Body(64))).IsOk);
    }

    [Fact]
    public void Parse_64Kibibytes_AreTheMost()
    {
        var line = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value.Signatures[0].ToLine();
        var note = $"log.example/a\n1\n{Hash}\n";
        var rest = 7 + note.Length + NoteVectors.Bytes(line).Length;
        string Body(int size) => $"old 1\n\n{note}{Line(size - rest)}{line}";
        string Line(int bytes) => $"\u2014 {new string('a', bytes - 14)} AAAAAAA=\n"; // the em dash has three bytes

        Assert.True(AddCheckpointRequest.Parse(NoteVectors.Bytes(Body(65_536))).IsOk);
        Assert.Equal(65_537, NoteVectors.Bytes(Body(65_537)).Length);
        Assert.Equal(
            RefusalCode.ProofMalformed,
            AddCheckpointRequest.Parse(NoteVectors.Bytes(Body(65_537))).Refusal.Code);
    }

    [Fact]
    public void Parse_NoteThatIsNone_IsRefusedForItsReason()
    {
        var note = NoteVectors.Signed.Replace("\n70000\n", "\n070000\n", StringComparison.Ordinal);

        Assert.Equal(
            RefusalCode.CheckpointMalformed,
            AddCheckpointRequest.Parse(NoteVectors.Bytes("old 1\n\n" + note)).Refusal.Code);
        Assert.Equal(
            RefusalCode.NoteMalformed, AddCheckpointRequest.Parse(NoteVectors.Bytes("old 1\n\n")).Refusal.Code);
    }

    [Fact]
    public void Create_OfWhatCannotBeAsked_Throws()
    {
        var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value;

        Assert.Throws<ArgumentOutOfRangeException>(() => AddCheckpointRequest.Create(-1, [], note));
        Assert.Throws<ArgumentOutOfRangeException>(() => AddCheckpointRequest.Create(1, new Digest[64], note));
        Assert.Throws<ArgumentException>(
            () => AddCheckpointRequest.Create(1, [], SignedNote.Create("a\n", note.Signatures[0])));
    }
}
