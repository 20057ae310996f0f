using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests.Notes;

/// <summary>Every note and checkpoint of the vectors is answered as they say, and what we sign has their
/// bytes.</summary>
public sealed class NoteVectorTests
{
    [Fact]
    public void Read_EveryCheckpoint_IsAnsweredAsExpected()
    {
        var count = 0;
        foreach (var test in NoteVectors.Cases("checkpoint"))
        {
            count++;
            var result = CheckpointReader.Read(
                NoteVectors.Bytes(test.Text("text")),
                NoteVectors.KeyOf(test.Text("log_vkey")),
                test.KeysOf("witness_vkeys"),
                test.Number("threshold"));

            Assert.True(result.IsOk == (test.Text("expect") == "ok"), $"{test.Text("id")}: {result}");
        }

        Assert.Equal(858, count);
    }

    [Fact]
    public void Open_EveryNote_IsAnsweredAsExpected()
    {
        var count = 0;
        foreach (var test in NoteVectors.Cases("note"))
        {
            count++;
            var result = SignedNote.Parse(NoteVectors.Bytes(test.Text("text")))
                .Then(note => note.Open(test.KeysOf("vkeys")));

            var isOk = result.IsOk && result.Value.Signatures.Count >= test.Number("threshold");
            Assert.True(isOk == (test.Text("expect") == "ok"), test.Text("id"));
        }

        Assert.Equal(3, count);
    }

    [Fact]
    public void Keys_OfTheVectors_HaveTheirTextForm()
    {
        foreach (var key in NoteVectors.File.GetProperty("keys").EnumerateObject())
        {
            using var privateKey = NoteVectors.PrivateKey(key.Name);
            var made = new VerifierKey(
                key.Value.Text("name"), (NoteKeyType)key.Value.Number("type"), privateKey.Public);

            Assert.Equal(key.Value.Text("vkey"), made.ToString());
            Assert.Equal(key.Value.Text("key_id_hex"), made.Id.ToString("x8", null));
            Assert.Equal(made, VerifierKey.Parse(key.Value.Text("vkey")).Value);
        }
    }

    [Fact]
    public void Sign_TheCheckpointOfTheVectors_GivesTheirBytes()
    {
        using var log = NoteVectors.PrivateKey("log");
        var checkpoint = Checkpoint.Parse(NoteVectors.CheckpointText).Value;
        var cosignatures = NoteVectors.File.GetProperty("cosignatures").EnumerateArray().Select((cosignature, i) =>
        {
            using var witness = NoteVectors.PrivateKey($"witness{i + 1}");
            var at = DateTimeOffset.FromUnixTimeSeconds(cosignature.Number("time"));
            return Cosignature.Sign(checkpoint, cosignature.Text("name"), witness, at);
        });

        var signed = CheckpointSigning.Sign(checkpoint, log);

        Assert.Equal(NoteVectors.Signed, signed.ToText());
        Assert.Equal(NoteVectors.Cosigned, signed.With([.. cosignatures]).Value.ToText());
    }

    [Fact]
    public void Parse_EveryNoteThatIsRead_GivesTheSameBytes()
    {
        foreach (var test in NoteVectors.Cases("checkpoint").Concat(NoteVectors.Cases("note")))
        {
            var bytes = NoteVectors.Bytes(test.Text("text"));
            var note = SignedNote.Parse(bytes);

            Assert.True(!note.IsOk || note.Value.ToBytes().AsSpan().SequenceEqual(bytes), test.Text("id"));
        }
    }
}
