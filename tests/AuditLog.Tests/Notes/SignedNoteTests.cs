using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class SignedNoteTests
{
    private static readonly string Line =
        SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value.Signatures[0].ToLine();

    [Fact]
    public void Parse_TextWithEmptyLines_EndsAtTheLastOne()
    {
        var note = SignedNote.Parse(NoteVectors.Bytes($"a\n\n\nb\n\n{Line}")).Value;

        Assert.Equal("a\n\n\nb\n", note.Text);
        Assert.Equal($"a\n\n\nb\n\n{Line}", note.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("a\n\n")] // no signature
    [InlineData("a\n\n\u2014 a AAAAAAA=")] // no line feed at the end
    [InlineData("a\n\n\u2014 a AAAAAA==\n")] // a key id and nothing signed
    [InlineData("a\n\n\u2014 a\n")]
    [InlineData("a\n\n\u2014 a \n")]
    [InlineData("a\n\n\u2014  AAAAAAA=\n")] // no name
    [InlineData("a\n\n\u2014 a  AAAAAAA=\n")]
    [InlineData("a\n\n\u2014 a AAAAAAA= \n")]
    [InlineData("a\n\n\u2014 a AAAAAAA=AAAA\n")]
    [InlineData("a\n\n\u2014 a AAAAAAB=\n")] // stray bits in the last digit
    [InlineData("a\n\n\u2014 a AAAAAAA\n")] // padding missing
    [InlineData("a\n\n\u2014 a AAAA AAA=\n")]
    [InlineData("a\n\n\u2014 a+b AAAAAAA=\n")]
    [InlineData("a\n\n\u2014 a\u00a0b AAAAAAA=\n")]
    [InlineData("a\n\n\u2014a AAAAAAA=\n")]
    [InlineData("a\n\n- a AAAAAAA=\n")]
    [InlineData("a\n\n\u2013 a AAAAAAA=\n")] // en dash
    [InlineData("a\n\u2014 a AAAAAAA=\n")] // no empty line
    [InlineData("a\t\n\n\u2014 a AAAAAAA=\n")]
    [InlineData("a\r\n\n\u2014 a AAAAAAA=\n")]
    [InlineData("a\0\n\n\u2014 a AAAAAAA=\n")]
    public void Parse_AnotherForm_IsRefused(string text) => AssertMalformed(NoteVectors.Bytes(text));

    [Fact]
    public void Parse_NoUtf8_IsRefused()
    {
        byte[][] invalid = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]];

        Assert.All(invalid, bytes => AssertMalformed([.. bytes, .. NoteVectors.Bytes($"\n\n{Line}")]));
    }

    [Fact]
    public void Parse_ByteOrderMark_BelongsToTheText()
    {
        var bytes = NoteVectors.Bytes("\ufeffa\n\n" + Line);

        var note = SignedNote.Parse(bytes).Value;

        Assert.Equal("\ufeffa\n", note.Text);
        Assert.Equal(bytes, note.ToBytes());
    }

    [Fact]
    public void Parse_64Signatures_AreTheMost()
    {
        Assert.Equal(64, SignedNote.Parse(WithLines(64)).Value.Signatures.Count);
        AssertMalformed(WithLines(65));
    }

    [Fact]
    public void Parse_128Kibibytes_AreTheMost()
    {
        var rest = $"\n\n{Line}";
        var room = SignedNote.SizeBytesMax - NoteVectors.Bytes(rest).Length;

        Assert.True(SignedNote.Parse(NoteVectors.Bytes(new string('a', room) + rest)).IsOk);
        AssertMalformed(NoteVectors.Bytes(new string('a', room + 1) + rest));
    }

    [Fact]
    public void Open_UnknownSignatureBesideAKnown_IsPassedOver()
    {
        var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Cosigned)).Value;

        var opened = note.Open([NoteVectors.Witness2]).Value;

        var signature = Assert.Single(opened.Signatures);
        Assert.Equal(NoteVectors.Witness2, signature.Key);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767225661), signature.At);
    }

    [Fact]
    public void Open_SameIdUnderAnotherName_IsUnknown()
    {
        var other = SignedNote.Parse(NoteVectors.Bytes(
            NoteVectors.Signed.Replace("\u2014 log.ee", "\u2014 log.lv", StringComparison.Ordinal))).Value;

        var result = other.Open([NoteVectors.Log]);

        Assert.Equal(RefusalCode.NoteSignatureWrong, result.Refusal.Code);
    }

    [Fact]
    public void Open_KnownSignatureTwiceWithOneWrong_IsRefused()
    {
        using var log = NoteVectors.PrivateKey("log");
        var wrong = CheckpointSigning.Sign(new Checkpoint(NoteVectors.Log.Name, 1, default), log).Signatures[0];
        var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value.With([wrong]).Value;

        var result = note.Open([NoteVectors.Log]);

        Assert.Equal(RefusalCode.NoteSignatureWrong, result.Refusal.Code);
    }

    [Fact]
    public void With_SignatureThatIsThere_ChangesNothing()
    {
        var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Cosigned)).Value;

        Assert.Equal(note, note.With(note.Signatures).Value);
    }

    [Fact]
    public void With_TooManySignatures_IsRefused()
    {
        var note = SignedNote.Parse(WithLines(64)).Value;

        var result = note.With(SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Cosigned)).Value.Signatures);

        Assert.Equal(RefusalCode.NoteMalformed, result.Refusal.Code);
    }

    [Fact]
    public void Create_TextThatCannotBeSigned_Throws()
    {
        var signature = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Signed)).Value.Signatures[0];
        string[] texts = ["", "a", "a\r\n", "\ud800\n"];

        Assert.All(texts, text => Assert.Throws<ArgumentException>(() => SignedNote.Create(text, signature)));
    }

    [Fact]
    public void ParseLines_OfAWitness_GivesThem()
    {
        var note = SignedNote.Parse(NoteVectors.Bytes(NoteVectors.Cosigned)).Value;
        var body = note.Signatures[1].ToLine() + note.Signatures[2].ToLine();

        Assert.Equal(note.Signatures.Skip(1), NoteSignature.ParseLines(NoteVectors.Bytes(body)).Value);
        Assert.Equal(RefusalCode.NoteMalformed, NoteSignature.ParseLines([]).Refusal.Code);
        Assert.Equal(RefusalCode.NoteMalformed, NoteSignature.ParseLines(NoteVectors.Bytes(body[..^1])).Refusal.Code);
    }

    private static byte[] WithLines(int count) => NoteVectors.Bytes(
        "a\n\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"\u2014 w{i} AAAAAAA=\n")));

    private static void AssertMalformed(byte[] bytes) =>
        Assert.Equal(RefusalCode.NoteMalformed, SignedNote.Parse(bytes).Refusal.Code);
}
