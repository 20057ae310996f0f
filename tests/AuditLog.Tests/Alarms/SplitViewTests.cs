using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.AuditLog.Tests.Witness;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Alarms;

public sealed class SplitViewTests
{
    [Fact]
    public void Find_TwoRootsForOneSize_IsProvenByTheNotesAlone()
    {
        var alarm = SplitView.Find(Signed(4, "a"), Signed(4, "b"))!;

        Assert.Equal((AlarmKind.SplitView, AlarmLevel.Critical), (alarm.Kind, alarm.Level));
        Assert.Equal(NoteVectors.Log.Name, alarm.Origin);
        Assert.True(SplitView.Check(alarm.Evidence, NoteVectors.Log).IsOk);
    }

    [Fact]
    public void Find_HonestPair_IsNull()
    {
        Assert.Null(SplitView.Find(Signed(4, "a"), Signed(4, "a")));
        Assert.Null(SplitView.Find(Signed(3, "a"), Signed(4, "b")));
        Assert.Null(SplitView.Find(Signed(2, "a"), Signed(5, "b"), Fork.Proof(2, 5, "b")));
        Assert.Null(SplitView.Find(Signed(4, "a"), Signed(4, "a"), []));
        Assert.Null(SplitView.Find(Signed(0, "a"), Signed(4, "a"), []));
    }

    [Fact]
    public void Find_ProofThatFails_IsAnAlarmThatDoesNotStandAlone()
    {
        var alarm = SplitView.Find(Signed(3, "a"), Signed(5, "b"), Fork.Proof(3, 5, "b"))!;

        Assert.Equal(AlarmLevel.High, alarm.Level);
        Assert.Equal(Fork.Proof(3, 5, "b").Length * 32, alarm.Evidence[EvidenceName.Proof].Length);
        Assert.False(SplitView.Check(alarm.Evidence, NoteVectors.Log).IsOk);
    }

    [Fact]
    public void Find_TwoRootsForOneSizeWithAProof_IsCritical() => Assert.Equal(
        AlarmLevel.Critical, SplitView.Find(Signed(4, "a"), Signed(4, "b"), [])!.Level);

    [Theory]
    [InlineData(3, 5)]
    [InlineData(4, 5)] // a complete subtree, whose hash is no part of the proof
    public void FindByPrefix_LargerTreeThatHoldsSomethingElse_IsProven(int oldSize, int newSize)
    {
        var (older, newer) = (Signed(oldSize, "a"), Signed(newSize, "b"));

        var alarm = SplitView.FindByPrefix(
            older, newer, Fork.Root(oldSize, "b"), Fork.Proof(oldSize, newSize, "b"))!;

        Assert.Equal(AlarmLevel.Critical, alarm.Level);
        Assert.True(SplitView.Check(alarm.Evidence, NoteVectors.Log).IsOk);
    }

    [Fact]
    public void FindByPrefix_NothingProven_IsNull()
    {
        var proof = Fork.Proof(3, 5, "b");

        Assert.Null(SplitView.FindByPrefix(Signed(3, "b"), Signed(5, "b"), Fork.Root(3, "b"), proof));
        Assert.Null(SplitView.FindByPrefix(Signed(3, "a"), Signed(5, "b"), Fork.Root(3, "a"), proof));
        Assert.Null(SplitView.FindByPrefix(Signed(3, "a"), Signed(5, "b"), default, proof));
    }

    [Fact]
    public void Check_EvidenceThatProvesNothing_IsRefused()
    {
        var proven = SplitView.FindByPrefix(
            Signed(3, "a"), Signed(5, "b"), Fork.Root(3, "b"), Fork.Proof(3, 5, "b"))!.Evidence;
        var (honest, proof) = (Signed(3, "b").Note.ToBytes(), EvidenceName.Proof);

        AssertUnproven(RefusalCode.ConsistencyWrong, With(proven, EvidenceName.Checkpoint, honest));
        AssertUnproven(RefusalCode.ConsistencyWrong, With(proven, proof, new byte[31]));
        AssertUnproven(RefusalCode.ConsistencyWrong, With(proven, proof, new byte[32]));
        AssertUnproven(RefusalCode.ConsistencyWrong, With(proven, proof, new byte[64 * 32]));
        AssertUnproven(RefusalCode.ConsistencyWrong, With(proven, EvidenceName.PrefixRoot, new byte[31]));
        AssertUnproven(RefusalCode.ConsistencyWrong, Without(proven, EvidenceName.PrefixRoot));
        AssertUnproven(RefusalCode.ConsistencyWrong, Without(proven, proof));
        AssertUnproven(RefusalCode.ProofMalformed, Without(proven, EvidenceName.OtherCheckpoint));
        AssertUnproven(RefusalCode.NoteMalformed, With(proven, EvidenceName.Checkpoint, []));
        Assert.Equal(
            RefusalCode.NoteSignatureWrong,
            SplitView.Check(proven, VerifierKey.OfLog(NoteVectors.Log.Name, NoteVectors.Witness1.Key)).Refusal.Code);
    }

    [Fact]
    public void Check_NotesInTheOtherOrder_ProveTheSame()
    {
        var proven = SplitView.FindByPrefix(
            Signed(3, "a"), Signed(5, "b"), Fork.Root(3, "b"), Fork.Proof(3, 5, "b"))!.Evidence;
        var turned = With(
            With(proven, EvidenceName.Checkpoint, Signed(5, "b").Note.ToBytes()),
            EvidenceName.OtherCheckpoint,
            Signed(3, "a").Note.ToBytes());

        Assert.True(SplitView.Check(turned, NoteVectors.Log).IsOk);
    }

    [Fact]
    public void Find_CheckpointsThatCannotBeCompared_Throws()
    {
        using var key = NoteVectors.PrivateKey("stranger");
        var log = VerifierKey.OfLog("log.example/x", key.Public);
        var note = CheckpointSigning.Sign(new Checkpoint(log.Name, 4, default), key);
        var other = CheckpointReader.Read(note.ToBytes(), log, [], 0).Value;

        Assert.Throws<ArgumentException>(() => SplitView.Find(Signed(4, "a"), other));
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitView.Find(Signed(4, "a"), Signed(3, "a"), []));
    }

    private static VerifiedCheckpoint Signed(int size, string fork) => CheckpointReader.Read(
        Fork.Request(0, size, fork).Note.ToBytes(), NoteVectors.Log, [], 0).Value;

    private static void AssertUnproven(
        RefusalCode code, Dictionary<string, ReadOnlyMemory<byte>> evidence) =>
        Assert.Equal(code, SplitView.Check(evidence, NoteVectors.Log).Refusal.Code);

    private static Dictionary<string, ReadOnlyMemory<byte>> With(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence, string name, byte[] blob) =>
        new(evidence) { [name] = blob };

    private static Dictionary<string, ReadOnlyMemory<byte>> Without(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence, string name) =>
        evidence.Where(pair => pair.Key != name).ToDictionary();
}
