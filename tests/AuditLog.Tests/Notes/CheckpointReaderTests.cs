using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Notes;

/// <summary>What the vectors do not say: which refusal, and who counts as a witness.</summary>
public sealed class CheckpointReaderTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void Read_Cosigned_NamesWitnessesAndTimes()
    {
        var bytes = NoteVectors.Bytes(NoteVectors.Cosigned);

        var verified = CheckpointReader.Read(bytes, NoteVectors.Log, NoteVectors.Witnesses, 2).Value;

        Assert.Equal(70_000, verified.Checkpoint.Size);
        Assert.Equal(bytes, verified.Note.ToBytes());
        Assert.Equal(NoteVectors.Witnesses, verified.Cosignatures.Select(cosignature => cosignature.Key));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(1767225661), verified.Cosignatures.Max(cosignature => cosignature.At));
    }

    [Fact]
    public void Read_NobodyHasCosigned_HasNoTime() => Assert.Null(
        CheckpointReader.Read(NoteVectors.Bytes(NoteVectors.Signed), NoteVectors.Log, [], 0).Value
            .WitnessedAt(Policy(1)));

    [Fact]
    public void WitnessedAt_OneWitnessThatIsAhead_DoesNotMakeAQuorumFresh()
    {
        var note = Sign([("witness1", At.AddDays(1)), ("witness2", At)]);

        var verified = CheckpointReader.Read(note, NoteVectors.Log, NoteVectors.Witnesses, 2).Value;

        Assert.Equal(At, verified.WitnessedAt(Policy(2)));
        Assert.Equal(At.AddDays(1), verified.WitnessedAt(Policy(1)));
        Assert.Null(verified.WitnessedAt(Policy(0)));
    }

    [Theory]
    [InlineData("only-witnesses", RefusalCode.NoteSignatureWrong)]
    [InlineData("log-bad-signature-beside-good-witnesses", RefusalCode.NoteSignatureWrong)]
    [InlineData("known-witness-bad-signature-beside-good", RefusalCode.NoteSignatureWrong)]
    [InlineData("same-name-other-key", RefusalCode.NoteSignatureWrong)]
    [InlineData("log-key-as-cosignature-only", RefusalCode.NoteSignatureWrong)]
    [InlineData("cosigned-3-wanted", RefusalCode.QuorumMissing)]
    [InlineData("other-origin", RefusalCode.OriginWrong)]
    [InlineData("leading-zero", RefusalCode.CheckpointMalformed)]
    [InlineData("size-0-wrong-root", RefusalCode.CheckpointMalformed)]
    [InlineData("text-with-empty-line-signed", RefusalCode.CheckpointMalformed)]
    [InlineData("crlf", RefusalCode.NoteMalformed)]
    [InlineData("hyphen-for-em-dash-on-a-witness", RefusalCode.NoteMalformed)]
    public void Read_CaseOfTheVectors_IsRefusedForItsReason(string id, RefusalCode code)
    {
        var test = NoteVectors.Cases("checkpoint").Single(test => test.GetProperty("id").GetString() == id);

        var result = CheckpointReader.Read(
            NoteVectors.Bytes(test.GetProperty("text").GetString()!),
            NoteVectors.Log,
            NoteVectors.Witnesses,
            test.GetProperty("threshold").GetInt32());

        Assert.Equal(code, result.Refusal.Code);
    }

    [Fact]
    public void Read_OneWitnessTwice_CountsOnceWithItsNewestTime()
    {
        var note = Sign([("witness1", At), ("witness1", At.AddSeconds(60)), ("witness1", At.AddSeconds(30))]);

        var verified = CheckpointReader.Read(note, NoteVectors.Log, NoteVectors.Witnesses, 1).Value;
        var result = CheckpointReader.Read(note, NoteVectors.Log, NoteVectors.Witnesses, 2);

        Assert.Equal(At.AddSeconds(60), Assert.Single(verified.Cosignatures).At);
        Assert.Equal(RefusalCode.QuorumMissing, result.Refusal.Code);
    }

    [Fact]
    public void Read_OneKeyUnderTwoNames_IsOneWitness()
    {
        using var log = NoteVectors.PrivateKey("log");
        using var witness = NoteVectors.PrivateKey("witness1");
        var checkpoint = new Checkpoint(NoteVectors.Log.Name, 7, Digest.Of([7]));
        var note = CheckpointSigning.Sign(checkpoint, log)
            .With([Cosignature.Sign(checkpoint, "a", witness, At), Cosignature.Sign(checkpoint, "b", witness, At)]);
        VerifierKey[] witnesses =
            [VerifierKey.OfWitness("a", witness.Public), VerifierKey.OfWitness("b", witness.Public)];

        var result = CheckpointReader.Read(note.Value.ToBytes(), NoteVectors.Log, witnesses, 2);

        Assert.Equal(RefusalCode.QuorumMissing, result.Refusal.Code);
    }

    [Fact]
    public void Read_CosignatureWithAnotherTime_IsRefused()
    {
        var note = SignedNote.Parse(Sign([("witness1", At)])).Value;
        var payload = note.Signatures[1].Payload.ToArray();
        payload[7]++;
        var changed = new NoteSignature(note.Signatures[1].Name, note.Signatures[1].KeyId, payload);
        var whole = SignedNote.Create(note.Text, note.Signatures[0]).With([changed]).Value;

        var result = CheckpointReader.Read(whole.ToBytes(), NoteVectors.Log, NoteVectors.Witnesses, 0);

        Assert.Equal(RefusalCode.NoteSignatureWrong, result.Refusal.Code);
    }

    [Theory]
    [InlineData(0L, true)]
    [InlineData(253_402_300_799L, true)] // the last second of the year 9999
    [InlineData(253_402_300_800L, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(-1L, false)] // 2^64 - 1
    public void Read_CosignatureOfAnyTime_IsTakenUntilTheYear9999(long seconds, bool isOk)
    {
        using var log = NoteVectors.PrivateKey("log");
        using var witness = NoteVectors.PrivateKey("witness1");
        var note = CheckpointSigning.Sign(new Checkpoint(NoteVectors.Log.Name, 7, Digest.Of([7])), log);
        var payload = new byte[72];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(payload, seconds);
        witness.Sign(NoteVectors.Bytes($"cosignature/v1\ntime {(ulong)seconds}\n{note.Text}")).CopyTo(payload, 8);
        var whole = note.With([new NoteSignature(NoteVectors.Witness1.Name, NoteVectors.Witness1.Id, payload)]).Value;

        var result = CheckpointReader.Read(whole.ToBytes(), NoteVectors.Log, NoteVectors.Witnesses, 1);

        Assert.Equal(isOk, result.IsOk);
    }

    [Fact]
    public void Sign_BeforeTheYear1970_Throws()
    {
        using var witness = NoteVectors.PrivateKey("witness1");
        var checkpoint = new Checkpoint("a", 1, default);

        Assert.Throws<ArgumentOutOfRangeException>(
            () => Cosignature.Sign(checkpoint, "w", witness, DateTimeOffset.UnixEpoch.AddTicks(-1)));
    }

    [Fact]
    public void Read_KeyOfTheOtherKind_Throws()
    {
        var bytes = NoteVectors.Bytes(NoteVectors.Signed);

        Assert.Throws<ArgumentException>(() => CheckpointReader.Read(bytes, NoteVectors.Witness1, [], 0));
        Assert.Throws<ArgumentException>(() => CheckpointReader.Read(bytes, NoteVectors.Log, [NoteVectors.Log], 0));
    }

    private static byte[] Sign((string Witness, DateTimeOffset At)[] cosignatures)
    {
        using var log = NoteVectors.PrivateKey("log");
        var checkpoint = new Checkpoint(NoteVectors.Log.Name, 7, Digest.Of([7]));
        var lines = cosignatures.Select(cosignature =>
        {
            using var witness = NoteVectors.PrivateKey(cosignature.Witness);
            return Cosignature.Sign(checkpoint, NoteVectors.Key(cosignature.Witness).Name, witness, cosignature.At);
        });
        return CheckpointSigning.Sign(checkpoint, log).With([.. lines]).Value.ToBytes();
    }

    private static WitnessPolicy Policy(int quorum) =>
        WitnessPolicy.Of([NoteVectors.Log], NoteVectors.Witnesses, quorum).Value;
}
