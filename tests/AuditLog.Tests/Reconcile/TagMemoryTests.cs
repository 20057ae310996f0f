namespace CbssReturn.AuditLog.Tests.Reconcile;

/// <summary>What is remembered, and what is forgotten.</summary>
public sealed class TagMemoryTests
{
    private const string Sender = TwoLogs.Sender;
    private const string Receiver = TwoLogs.Receiver;
    private const AuditEvent Sent = AuditEvent.PacketSent;
    private const AuditEvent Received = AuditEvent.PacketReceived;
    private const int Day = 60 * 24;

    [Fact]
    public void Judge_30DaysAfterAPacket_ForgetsIt()
    {
        var ledger = Fed(Arrived(new TwoLogs()).BothAwake(30 * Day));
        ledger.Judge();
        Assert.Equal(1, ledger.TransferCount);

        Cover(ledger, Sender, (30 * Day) + 60);
        ledger.Judge();
        Assert.Equal(1, ledger.TransferCount); // the other log has not advanced

        Cover(ledger, Receiver, (30 * Day) + 60);
        Assert.Empty(ledger.Judge());
        Assert.Equal(0, ledger.TransferCount);
    }

    [Theory]
    [InlineData(30 * Day, 1)]
    [InlineData(31 * Day, 0)]
    public void Add_ReplayWithin30Days_IsFound(int minute, int findings)
    {
        var ledger = Fed(Arrived(new TwoLogs()).BothAwake(minute));
        ledger.Judge();

        var again = Arrived(new TwoLogs()).BothAwake(minute).Write(Receiver, minute, Received);
        again.Feed(ledger, Receiver, again[Receiver].Count - 1);

        Assert.Equal(findings, ledger.Judge().Count(finding => finding.Kind == AlarmKind.Replay));
    }

    [Fact]
    public void Judge_OpenPacket_IsNotForgotten()
    {
        // The sender closes it only after 40 days of sleep.
        var logs = new TwoLogs().Write(Sender, 0, Sent, AuditOutcome.Pending).Awake(Sender, 60)
            .Asleep(Sender, 40 * Day).Awake(Receiver, 40 * Day);
        var ledger = Fed(logs);

        Assert.Empty(ledger.Judge());
        Assert.Equal(1, ledger.TransferCount);
        logs.Write(Sender, (40 * Day) + 1, Sent, AuditOutcome.Failed);
        logs.Feed(ledger, Sender, logs[Sender].Count - 1);

        Assert.Empty(ledger.Judge());
    }

    [Fact]
    public void Add_ReceiptForAForgottenEntry_IsNotJudged()
    {
        // The receiver's entry is at index 0; nobody can say any more what stood there.
        var ledger = Fed(Arrived(new TwoLogs()).BothAwake(31 * Day));
        ledger.Judge();
        Assert.Equal(0, ledger.TransferCount);

        var at = TwoLogs.Start.AddDays(31);
        var receipt = new TagEntry(
            ledger.NextIndexOf(Sender), AuditEvent.ReceiptStored, AuditOutcome.Done, TwoLogs.Tag(1), 0, at);
        ledger.Add(Sender, receipt, long.MaxValue);

        Assert.Empty(ledger.Judge());
        var next = receipt with { Index = receipt.Index + 1, Tag = TwoLogs.Tag(2), PeerIndex = 1 };
        ledger.Add(Sender, next, long.MaxValue);
        Assert.Equal(AlarmKind.ReceiptContradicted, Assert.Single(ledger.Judge()).Kind);
    }

    [Fact]
    public void Add_MorePacketsThanAreRemembered_ForgetsTheOldestThatAreSettled()
    {
        var ledger = new TagLedger(Sender, Receiver, transfersMax: 16);
        for (var i = 0; i < 100; i++)
        {
            Take(ledger, Sender, Sent, AuditOutcome.Pending, i);
            Take(ledger, Receiver, Received, AuditOutcome.Done, i);
            Take(ledger, Sender, Sent, AuditOutcome.Done, i);
            Assert.Empty(ledger.Judge());
            Assert.InRange(ledger.TransferCount, 1, 16);
        }
    }

    [Fact]
    public void Add_MoreOpenPacketsThanAreRemembered_FindsThoseOfTheFlooderAtOnce()
    {
        var ledger = new TagLedger(Sender, Receiver, transfersMax: 16);
        for (var i = 0; i <= 16; i++)
        {
            Take(ledger, Sender, Sent, AuditOutcome.Pending, i);
        }

        var findings = ledger.Judge();

        Assert.Contains(findings, finding => finding.Kind == AlarmKind.SentUnclosed
            && finding.Level == AlarmLevel.High && finding.Tag == TwoLogs.Tag(0) && finding.Origin == Sender);
        Assert.Empty(ledger.Judge());
    }

    [Theory]
    [InlineData(Sender, Sent)]
    [InlineData(Receiver, Received)]
    public void Add_LogThatFloodsTheBook_PushesOutOnlyItsOwn(string flooder, AuditEvent kind)
    {
        // The other log has a packet open, of which nothing may be found early and nothing forgotten.
        var (other, open) = flooder == Sender ? (Receiver, Received) : (Sender, Sent);
        var ledger = new TagLedger(Sender, Receiver, transfersMax: 16);
        Take(ledger, other, open, AuditOutcome.Pending, 1000);
        for (var i = 0; i < 100; i++)
        {
            Take(ledger, flooder, kind, AuditOutcome.Pending, i);
        }

        Assert.DoesNotContain(ledger.Judge(), finding => finding.Tag == TwoLogs.Tag(1000));
        Take(ledger, other, open, AuditOutcome.Pending, 1000);
        Assert.Equal(AlarmKind.Replay, Assert.Single(ledger.Judge()).Kind);
    }

    private static TwoLogs Arrived(TwoLogs logs) => logs
        .Write(Sender, 0, Sent, AuditOutcome.Pending).Write(Sender, 2, Sent).Write(Receiver, 1, Received);

    private static TagLedger Fed(TwoLogs logs)
    {
        var ledger = new TagLedger(Sender, Receiver);
        TagLedgerTests.Feed(ledger, logs);
        return ledger;
    }

    private static void Cover(TagLedger ledger, string origin, int minute) =>
        ledger.Cover(origin, ledger.NextIndexOf(origin), TwoLogs.Start.AddMinutes(minute));

    private static void Take(TagLedger ledger, string origin, AuditEvent kind, AuditOutcome outcome, int tag) =>
        ledger.Add(
            origin,
            new TagEntry(ledger.NextIndexOf(origin), kind, outcome, TwoLogs.Tag(tag), 0, TwoLogs.Start),
            long.MaxValue);
}
