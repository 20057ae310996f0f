using System.Text;
using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Witness;

/// <summary>What the enumeration does not show: which refusal, which body, and what is cosigned.</summary>
public sealed class WitnessDecisionTests
{
    private static readonly VerifierKey[] Logs = [NoteVectors.Log];

    [Fact]
    public void Malformed_OfAnything_Is400()
    {
        var refusal = AddCheckpointRequest.Parse([]).Refusal;

        var answer = WitnessDecision.Malformed(refusal);

        Assert.Equal((400, refusal, (WitnessedHead?)null), (answer.Status, answer.Refusal, answer.Next));
        Assert.Empty(answer.RefusedBody());
    }

    [Fact]
    public void Decide_First_IsCosignedAsOfNow()
    {
        using var witness = NoteVectors.PrivateKey("witness1");
        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var request = Fork.Request(0, 3, "a");

        var answer = WitnessDecision.Decide(request, Logs, null);
        var cosigned = request.Note.With([answer.Cosign(NoteVectors.Witness1.Name, witness, at)]).Value;

        Assert.Equal(new WitnessedHead(3, Fork.Root(3, "a")), answer.Next);
        Assert.Null(answer.Expected);
        Assert.Null(answer.Refusal);
        var verified = CheckpointReader.Read(cosigned.ToBytes(), NoteVectors.Log, NoteVectors.Witnesses, 1).Value;
        Assert.Equal(at, verified.Cosignatures.Max(cosignature => cosignature.At));
    }

    [Theory]
    [InlineData("log.example/unknown", 0, 3, null, 404, RefusalCode.LogUnknown)]
    [InlineData(null, 5, 4, "stranger", 403, RefusalCode.NoteSignatureWrong)] // signed by another: 403 before 400
    [InlineData(null, 5, 4, null, 400, RefusalCode.ProofMalformed)]
    [InlineData(null, 1, 3, null, 409, RefusalCode.LogSizeDiffers)]
    [InlineData(null, 0, 2, null, 409, RefusalCode.LogSizeDiffers)]
    public void Decide_AgainstTheRules_HasItsStatusAndCode(
        string? origin, long oldSize, int newSize, string? signer, int status, RefusalCode code)
    {
        var request = Fork.Request(oldSize, newSize, "a", origin, signer);

        var answer = WitnessDecision.Decide(request, Logs, new WitnessedHead(2, Fork.Root(2, "a")));

        Assert.Equal((status, code), (answer.Status, answer.Refusal?.Code));
        Assert.Null(answer.Next);
        Assert.Throws<InvalidOperationException>(() => answer.Cosign("w", null!, default));
    }

    [Fact]
    public void Decide_Conflict_TellsTheSizeThatIsStored()
    {
        var stored = new WitnessedHead(2, Fork.Root(2, "a"));

        Assert.Equal("2\n", Text(WitnessDecision.Decide(Fork.Request(0, 3, "a"), Logs, stored)));
        Assert.Equal("0\n", Text(WitnessDecision.Decide(Fork.Request(1, 3, "a"), Logs, null)));
    }

    [Fact]
    public void Decide_AnotherRootForTheStoredSize_IsAContradiction()
    {
        var stored = new WitnessedHead(4, Fork.Root(4, "a"));

        var answer = WitnessDecision.Decide(Fork.Request(4, 4, "b"), Logs, stored);
        var fromElsewhere = WitnessDecision.Decide(Fork.Request(3, 4, "b"), Logs, stored);
        var honest = WitnessDecision.Decide(Fork.Request(3, 4, "a"), Logs, stored);

        Assert.Equal((409, RefusalCode.SplitView), (answer.Status, answer.Refusal!.Code));
        Assert.True(answer.IsContradiction);
        Assert.True(fromElsewhere.IsContradiction);
        Assert.False(honest.IsContradiction);
    }

    [Fact]
    public void Decide_ProofThatDoesNotJoin_Is422()
    {
        var stored = new WitnessedHead(3, Fork.Root(3, "a"));

        var answer = WitnessDecision.Decide(Fork.Request(3, 5, "b"), Logs, stored);

        Assert.Equal((422, RefusalCode.ConsistencyWrong), (answer.Status, answer.Refusal!.Code));
        Assert.False(answer.IsContradiction);
        Assert.Empty(answer.RefusedBody());
    }

    [Fact]
    public void Decide_LogWithANewKeyBesideTheOld_TakesEither()
    {
        using var next = NoteVectors.PrivateKey("stranger");
        VerifierKey[] logs = [NoteVectors.Log, VerifierKey.OfLog(NoteVectors.Log.Name, next.Public)];

        Assert.Equal(200, WitnessDecision.Decide(Fork.Request(0, 3, "a"), logs, null).Status);
        Assert.Equal(200, WitnessDecision.Decide(Fork.Request(0, 3, "a", null, "stranger"), logs, null).Status);
    }

    [Fact]
    public void Decide_KeyOfAWitnessAsALog_Throws()
    {
        VerifierKey[] logs = [VerifierKey.OfWitness(NoteVectors.Log.Name, NoteVectors.Log.Key)];

        Assert.Throws<ArgumentException>(() => WitnessDecision.Decide(Fork.Request(0, 3, "a"), logs, null));
    }

    private static string Text(WitnessAnswer answer) => Encoding.UTF8.GetString(answer.RefusedBody());
}
