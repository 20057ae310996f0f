using CbssReturn.AuditLog;
using CbssReturn.Auditor.Verify;
using CbssReturn.Outcomes;

namespace CbssReturn.Simulation.Tests;

/// <summary>A liar of each kind is found, by the alarm of that name and with evidence about the right log.</summary>
public sealed class LiarTests(LiarWorld run) : IClassFixture<LiarWorld>
{
    [Fact]
    public void OldEntryAltered_IsAlteredWithItsIndex()
    {
        var alarm = Assert.Single(run.World.Find(AlarmKind.Altered, run.Alters));

        Assert.Equal(2, alarm.Index);
        AssertEvidence(alarm, run.Alters);
    }

    [Fact]
    public void SentOmitted_IsReceivedUnsentWithTheReceiversEntry() =>
        AssertFound(AlarmKind.ReceivedUnsent, run.PartnerOf(run.OmitsSent), run.OmitsSent);

    [Fact]
    public void ReceivedOmitted_IsSentUnreceivedWithTheSendersEntry() =>
        AssertFound(AlarmKind.SentUnreceived, run.PartnerOf(run.OmitsReceived), run.OmitsReceived);

    [Fact]
    public void ViewSplitBetweenWitnesses_IsSplitViewThatProvesItself() =>
        AssertEvidence(run.World.Find(AlarmKind.SplitView, run.SplitsTheView)[0], run.SplitsTheView);

    [Fact]
    public void BackupPutBackAndSignedOn_IsRollback() =>
        AssertEvidence(run.World.Find(AlarmKind.Rollback, run.RollsBack)[0], run.RollsBack);

    [Fact]
    public void TagLoggedTwice_IsReplay() =>
        AssertFound(AlarmKind.Replay, run.LogsTwice, run.PartnerOf(run.LogsTwice));

    [Fact]
    public void ReceiptThatTheLogContradicts_IsCriticalAndProvesItself()
    {
        var alarm = Assert.Single(
            run.World.Find(AlarmKind.ReceiptContradicted, run.GaveAReceipt),
            alarm => alarm.Level == AlarmLevel.Critical);

        AssertEvidence(alarm, run.GaveAReceipt);
    }

    [Fact]
    public void SilentInItsDeclaredHours_IsStale() =>
        Assert.NotEmpty(run.World.Find(AlarmKind.Stale, run.StaysSilent));

    [Fact]
    public void SleeperOutsideItsHours_RaisesNothing() =>
        Assert.DoesNotContain(run.World.Alarms, raised => raised.Alarm.Origin == run.Sleeps.Origin);

    [Fact]
    public void EntriesDatedBack_BreakARule() =>
        Assert.NotEmpty(run.World.Find(AlarmKind.EntryRule, run.DatesBack));

    [Fact]
    public void DetailErasedInSilence_IsDetailMissingWithItsEntry()
    {
        var alarm = Assert.Single(run.World.Find(AlarmKind.DetailMissing, run.ErasesInSilence));

        Assert.Equal(2, alarm.Index);
        AssertEvidence(alarm, run.ErasesInSilence);
    }

    [Fact]
    public void DetailErasedAsTheLogSays_RaisesNothing()
    {
        Assert.Equal(RefusalCode.DetailErased, run.AnswerOfErased);
        Assert.DoesNotContain(run.World.Alarms, raised => raised.Alarm.Origin == run.Erases.Origin);
    }

    [Fact]
    public async Task LogKeyStolen_PassesTheLocalCheckAndNobodyElses()
    {
        var forged = run.Forged!;
        var policy = WitnessPolicy.Of([run.WasRobbed.Log.Key], [], 0).Value;

        var (verdict, _) = await new LogVerification(forged, policy).RunAsync(null, 0, null, default);

        Assert.Equal(forged.Size, verdict!.Checkpoint.Checkpoint.Size);
        Assert.All(
            run.World.FocalPoints,
            point => Assert.Contains(
                point.Evidence[run.WasRobbed.Origin], note => note.Text == forged.Note!.Text));
        AssertEvidence(run.World.Find(AlarmKind.SplitView, run.WasRobbed)[0], run.WasRobbed);
        Assert.Contains(
            run.World.Find(AlarmKind.ReceiptContradicted, run.WasRobbed),
            alarm => alarm.Level == AlarmLevel.Critical);
    }

    [Fact]
    public void HonestNodes_AreAccusedOfNothing()
    {
        SimNode[] liars =
        [
            run.Alters, run.RollsBack, run.OmitsSent, run.OmitsReceived, run.SplitsTheView, run.StaysSilent,
            run.DatesBack, run.LogsTwice, run.GaveAReceipt, run.ErasesInSilence, run.WasRobbed,
        ];

        // Of a packet that one of two left out, the entry of the other one shows it.
        SimNode[] partners = [.. new[]
        {
            run.OmitsSent, run.OmitsReceived, run.GaveAReceipt, run.WasRobbed,
        }.Select(run.PartnerOf)];

        var others = run.World.Alarms.Where(raised =>
            !liars.Concat(partners).Any(node => node.Origin == raised.Alarm.Origin));

        Assert.True(!others.Any(), run.World.Describe());
    }

    private void AssertFound(AlarmKind kind, SimNode about, SimNode other)
    {
        var alarms = run.World.Find(kind, about);
        Assert.True(alarms.Count > 0, run.World.Describe());
        Assert.All(alarms, alarm => Assert.Contains(
            kind == AlarmKind.Replay ? about.Origin : other.Origin, alarm.Text, StringComparison.Ordinal));
    }

    private static void AssertEvidence(AuditAlarm alarm, SimNode about)
    {
        var checkedAlarm = EvidenceCheck.Check(alarm, WitnessPolicy.Of([about.Log.Key], [], 0).Value);
        Assert.True(checkedAlarm.TryGet(out _, out var refusal), $"{alarm}: {refusal?.Message}");
    }
}
