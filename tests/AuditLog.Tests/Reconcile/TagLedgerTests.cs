using System.Text.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Reconcile;

/// <summary>Each rule of reconciliation alone.</summary>
public sealed class TagLedgerTests
{
    private const string Sender = TwoLogs.Sender;
    private const string Receiver = TwoLogs.Receiver;
    private const AuditEvent Sent = AuditEvent.PacketSent;
    private const AuditEvent Received = AuditEvent.PacketReceived;
    private const AuditEvent Refused = AuditEvent.PacketRefused;
    private const AuditEvent Receipt = AuditEvent.ReceiptStored;
    private const AuditOutcome Pending = AuditOutcome.Pending;

    [Fact]
    public void Judge_PacketThatArrived_FindsNothing() => AssertNothing(new TwoLogs()
        .Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 5, Receipt, index: 0)
        .Write(Receiver, 1, Received)
        .BothAwake(60 * 24 * 40));

    [Fact]
    public void Judge_PacketThatWasRefused_FindsNothing() => AssertNothing(new TwoLogs()
        .Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent, AuditOutcome.Refused)
        .Write(Sender, 5, Receipt, tag: 9, index: 0)
        .Write(Receiver, 1, Refused, tag: 9)
        .BothAwake(60 * 24 * 5));

    [Fact]
    public void Judge_PacketThatWasGivenUp_FindsNothing() => AssertNothing(new TwoLogs()
        .Write(Sender, 0, Sent, Pending).Write(Sender, 60 * 72, Sent, AuditOutcome.Failed)
        .BothAwake(60 * 24 * 5));

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, AlarmLevel.Warning)]
    [InlineData(239, AlarmLevel.Warning)]
    [InlineData(240, AlarmLevel.High)]
    public void Judge_DoneButNotReceived_RisesWithTheAdvanceOfTheReceiver(int minutes, AlarmLevel? level)
    {
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent)
            .Awake(Sender, 60 * 24).Awake(Receiver, 2 + minutes);

        AssertOnly(logs, level, AlarmKind.SentUnreceived, Sender, 1);
    }

    [Fact]
    public void Judge_DoneButReceivedTooLate_IsFoundAllTheSame() => AssertOnly(
        new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent)
            .Awake(Receiver, 30).Write(Receiver, 30, Received).BothAwake(60 * 24),
        AlarmLevel.Warning,
        AlarmKind.SentUnreceived,
        Sender,
        1);

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, AlarmLevel.Warning)]
    [InlineData(240, AlarmLevel.High)]
    public void Judge_ReceivedButNotSent_RisesWithTheAdvanceOfTheSender(int minutes, AlarmLevel? level) => AssertOnly(
        new TwoLogs().Write(Receiver, 3, Received).Awake(Receiver, 60 * 24).Awake(Sender, 3 + minutes),
        level,
        AlarmKind.ReceivedUnsent,
        Receiver,
        0);

    [Fact]
    public void Judge_SentWrittenAfterwards_IsFoundAllTheSame() => AssertOnly(
        new TwoLogs().Write(Receiver, 0, Received).Awake(Sender, 300).Write(Sender, 300, Sent, Pending)
            .Write(Sender, 300, Sent).BothAwake(400),
        AlarmLevel.High,
        AlarmKind.ReceivedUnsent,
        Receiver,
        0);

    [Theory]
    [InlineData(74 * 60, null)]
    [InlineData((74 * 60) + 1, AlarmLevel.High)]
    public void Judge_PendingForMoreThan74Hours_IsHigh(int minutes, AlarmLevel? level) => AssertOnly(
        new TwoLogs().Write(Sender, 0, Sent, Pending).Awake(Sender, minutes).Awake(Receiver, 60 * 24 * 9),
        level,
        AlarmKind.SentUnclosed,
        Sender,
        0);

    [Fact]
    public void Judge_NodeThatSlept_IsNotAccused()
    {
        // Off for nine days with a packet under way; it gives the packet up a minute after it woke.
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Awake(Sender, 600).Asleep(Sender, 60 * 24 * 9);

        AssertNothing(logs);
        AssertNothing(logs.Write(Sender, (60 * 24 * 9) + 1, Sent, AuditOutcome.Failed).BothAwake(60 * 24 * 10));
    }

    [Fact]
    public void Judge_NodeThatNappedForLessThanTwoHours_WasAwake() => AssertOnly(
        new TwoLogs().Write(Sender, 0, Sent, Pending).Awake(Sender, (74 * 60) + 120, 120),
        AlarmLevel.High,
        AlarmKind.SentUnclosed,
        Sender,
        0);

    [Theory]
    [InlineData(AuditOutcome.Failed, AlarmLevel.Warning)]
    [InlineData(AuditOutcome.Refused, AlarmLevel.High)]
    public void Judge_GivenUpButReceived_IsFound(AuditOutcome outcome, AlarmLevel level) => AssertOnly(
        new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 9, Sent, outcome).Write(Receiver, 8, Received)
            .BothAwake(60 * 24),
        level,
        AlarmKind.GivenUpButReceived,
        Sender,
        1);

    [Theory]
    [InlineData(Received, 1, 0)] // what is at the index is padding
    [InlineData(Received, 2, 1)] // what is there is another packet
    [InlineData(Received, 1, 99_999)] // the log has advanced and is still shorter
    public void Judge_ReceiptThatTheLogContradicts_AsksItsSenderForTheProof(AuditEvent kind, int tag, long index)
    {
        var logs = new TwoLogs().Awake(Receiver, 0).Write(Receiver, 1, kind)
            .Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 5, Receipt, tag: tag, index: index)
            .BothAwake(60 * 10);

        AssertOnly(logs, AlarmLevel.Warning, AlarmKind.ReceiptContradicted, Sender, 2);
    }

    [Fact]
    public void Judge_ReceiptAheadOfWhatIsKnownOfTheLog_IsAwaited() => AssertNothing(new TwoLogs()
        .Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 5, Receipt, index: 50)
        .Write(Receiver, 1, Received).Awake(Receiver, 19).Awake(Sender, 60 * 24));

    [Theory]
    [InlineData(Sent, Pending, Sender)]
    [InlineData(Sent, AuditOutcome.Done, Sender)]
    [InlineData(Sent, AuditOutcome.Failed, Sender)]
    [InlineData(Receipt, AuditOutcome.Done, Sender)]
    [InlineData(Received, AuditOutcome.Done, Receiver)]
    public void Judge_SaidTwice_IsAReplay(AuditEvent kind, AuditOutcome outcome, string origin)
    {
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 3, Receipt)
            .Write(Receiver, 1, Received)
            .Write(origin, 4, kind, outcome);

        AssertOnly(logs.BothAwake(60), AlarmLevel.High, AlarmKind.Replay, origin, origin == Sender ? 3 : 1);
    }

    [Fact]
    public void Judge_ReceiptOfTheSecondOfTwoEntries_IsAReplayOfTheReceiverAlone() => AssertOnly(
        new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 5, Receipt, index: 1)
            .Write(Receiver, 1, Received).Write(Receiver, 1, Received).BothAwake(60 * 24),
        AlarmLevel.High,
        AlarmKind.Replay,
        Receiver,
        1);

    [Fact]
    public void Judge_RefusedTwice_IsAReplay() => AssertOnly(
        new TwoLogs().Write(Receiver, 1, Refused, tag: 9).Write(Receiver, 2, Refused, tag: 9).BothAwake(60),
        AlarmLevel.High,
        AlarmKind.Replay,
        Receiver,
        1);

    [Fact]
    public void Judge_SaidTwiceByBoth_AreTwoFindings() => Assert.Equal(
        [Sender, Receiver],
        new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 2, Sent)
            .Write(Receiver, 1, Received).Write(Receiver, 1, Received)
            .BothAwake(60).Judge().Select(finding => finding.Origin));

    [Fact]
    public void Judge_ClosedButNeverOpened_BreaksARule() => AssertOnly(
        new TwoLogs().Write(Sender, 2, Sent).Write(Receiver, 1, Received).BothAwake(60),
        AlarmLevel.High,
        AlarmKind.EntryRule,
        Sender,
        0);

    [Fact]
    public void Judge_EntriesAboutOthers_ArePassedOver() => AssertNothing(new TwoLogs()
        .Write(Sender, 0, Sent, peer: "log.example/se/22/1").Write(Receiver, 0, Received, peer: "log.example/se/22/1")
        .BothAwake(60 * 24));

    [Fact]
    public void Judge_BothWays_AreTwoPackets()
    {
        // The same tag the other way is another packet: nobody has sent that.
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Receiver, 1, Received)
            .Write(Sender, 3, Received).BothAwake(60 * 24);

        var finding = Assert.Single(logs.Judge());

        Assert.Equal((AlarmKind.ReceivedUnsent, Receiver, Sender), (finding.Kind, finding.Sender, finding.Receiver));
        Assert.Equal((Sender, 2L), (finding.Origin, finding.Index));
    }

    [Fact]
    public void Judge_AskedAgain_TellsOnlyWhatRose()
    {
        var ledger = new TagLedger(Sender, Receiver);
        Feed(ledger, new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Awake(Sender, 60 * 24));

        Assert.Empty(ledger.Judge());
        ledger.Cover(Receiver, 8, TwoLogs.Start.AddMinutes(60));
        Assert.Equal(AlarmLevel.Warning, Assert.Single(ledger.Judge()).Level);
        Assert.Empty(ledger.Judge());
        ledger.Cover(Receiver, 16, TwoLogs.Start.AddMinutes(150));
        ledger.Cover(Receiver, 20, TwoLogs.Start.AddMinutes(242));
        Assert.Equal(AlarmLevel.High, Assert.Single(ledger.Judge()).Level);
        Assert.Empty(ledger.Judge());
    }

    [Fact]
    public void Add_EntriesFedAgain_ArePassedOver()
    {
        var ledger = new TagLedger(Sender, Receiver);
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Receiver, 1, Received)
            .BothAwake(60);

        Feed(ledger, logs);
        Feed(ledger, logs);

        Assert.Empty(ledger.Judge());
        Assert.Equal(logs[Sender].Count, ledger.NextIndexOf(Sender));
    }

    [Fact]
    public void Add_FromAnotherAuditor_FindsTheSame()
    {
        var logs = new TwoLogs().Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).BothAwake(60 * 24);
        var ledger = new TagLedger(Sender, Receiver);
        foreach (var entry in logs[Sender].Select((entry, i) => TagEntry.Of(i, entry)))
        {
            Assert.True(ledger.Add(Sender, entry, logs[Sender].Count).IsOk);
            ledger.Cover(Sender, entry.Index + 1, entry.At);
        }

        foreach (var hour in Enumerable.Range(0, 25))
        {
            ledger.Cover(Receiver, 4 * hour, TwoLogs.Start.AddHours(hour));
        }

        Assert.Equal(logs.Judge(), ledger.Judge());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(long.MaxValue)]
    public void Add_TagThatTheLogHasNotSigned_IsRefusedAndChangesNothing(long index)
    {
        var ledger = new TagLedger(Sender, Receiver);
        var tag = new TagEntry(index, Received, AuditOutcome.Done, TwoLogs.Tag(1), 0, TwoLogs.Start);

        Assert.Equal(RefusalCode.FieldMalformed, ledger.Add(Receiver, tag, 5).Refusal.Code);
        Assert.Equal(
            RefusalCode.FieldMalformed,
            ledger.Add(Receiver, tag with { Index = 0, Outcome = (AuditOutcome)9 }, 5).Refusal.Code);
        Assert.Equal(0, ledger.NextIndexOf(Receiver));
        Assert.Equal(0, ledger.TransferCount);
    }

    [Fact]
    public void ToState_AsJson_ComesBackAsTheSameBook()
    {
        var ledger = new TagLedger(Sender, Receiver);
        var logs = new TwoLogs()
            .Write(Sender, 0, Sent, Pending).Write(Sender, 2, Sent).Write(Sender, 3, Receipt, index: 7)
            .Write(Receiver, 1, Received).Write(Receiver, 1, Received).Write(Receiver, 1, Refused, tag: 3)
            .Write(Sender, 9, Sent, Pending, tag: 4).Write(Sender, 9, Sent, tag: 4)
            .Awake(Sender, 300).Asleep(Sender, 600).Awake(Receiver, 120);
        Feed(ledger, logs);
        Assert.NotEmpty(ledger.Judge());

        var json = JsonSerializer.Serialize(ledger.ToState());
        var restored = TagLedger.Restore(JsonSerializer.Deserialize<TagLedgerState>(json)!);

        Assert.Equal(json, JsonSerializer.Serialize(restored.ToState()));
        Assert.Empty(restored.Judge());
        restored.Cover(Receiver, 999, TwoLogs.Start.AddMinutes(230));
        restored.Cover(Receiver, 1000, TwoLogs.Start.AddMinutes(300));
        Assert.Contains(
            restored.Judge(),
            finding => finding is { Kind: AlarmKind.SentUnreceived, Level: AlarmLevel.High });
    }

    [Fact]
    public void New_LogsThatCannotBeCompared_Throws()
    {
        var ledger = new TagLedger(Sender, Receiver);

        Assert.Throws<ArgumentException>(() => new TagLedger(Sender, Sender));
        Assert.Throws<ArgumentException>(() => ledger.Cover("log.example/se/22/1", 1, TwoLogs.Start));
    }

    [Fact]
    public void ToAlarm_OfAnyFinding_SaysWhere()
    {
        var finding = new TwoLogs().Write(Sender, 2, Sent).Write(Receiver, 1, Received).BothAwake(60).Judge().Single();

        var alarm = finding.ToAlarm(new Dictionary<string, ReadOnlyMemory<byte>>());

        Assert.Equal((Sender, 0L), (alarm.Origin, alarm.Index));
        Assert.Contains(TwoLogs.Tag(1).ToString(), alarm.Text, StringComparison.Ordinal);
    }

    internal static void Feed(TagLedger ledger, TwoLogs logs)
    {
        foreach (var origin in new[] { Sender, Receiver })
        {
            for (var i = 0; i < logs[origin].Count; i++)
            {
                logs.Feed(ledger, origin, i);
            }
        }
    }

    private static void AssertNothing(TwoLogs logs) => Assert.Empty(logs.Judge());

    private static void AssertOnly(TwoLogs logs, AlarmLevel? level, AlarmKind kind, string origin, long index)
    {
        var findings = logs.Judge();
        if (level is null)
        {
            Assert.Empty(findings);
            return;
        }

        var finding = Assert.Single(findings);
        Assert.Equal((kind, level, origin, index), (finding.Kind, finding.Level, finding.Origin, finding.Index));
        Assert.Equal((Sender, Receiver), (finding.Sender, finding.Receiver));
    }
}
