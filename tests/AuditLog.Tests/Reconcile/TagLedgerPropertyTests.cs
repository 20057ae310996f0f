using CsCheck;

namespace CbssReturn.AuditLog.Tests.Reconcile;

/// <summary>
/// Invariants: an honest pair raises nothing, whenever it is looked at; and a pair of any kind gives the same findings
/// in the end, however the two logs are fed, however often it is asked, and wherever the auditor is stopped and
/// started.
/// </summary>
public sealed class TagLedgerPropertyTests
{
    private const int PacketsMax = 12;
    private const int EndMinute = 60 * 24 * 6;

    [Fact]
    public void Judge_HonestPairFedInAnyOrder_FindsNothing() => Check.Sample(
        Gen.Select(Honest().Array[0, PacketsMax], Gen.Int.Array[1, 60]),
        (packets, turns) =>
        {
            var logs = Logs(packets);

            Assert.Empty(FeedInTurns(logs, turns, isStopped: false));
        },
        iter: 500);

    [Fact]
    public void Judge_AnyPairFedInAnyOrder_FindsTheSame() => Check.Sample(
        Gen.Select(Gen.OneOf(Honest(), Odd()).Array[1, PacketsMax], Gen.Int.Array[1, 60], Gen.Int.Array[1, 60]),
        (packets, turns, otherTurns) =>
        {
            var logs = Logs(packets);
            var expected = Highest(logs.Judge());

            Assert.Equal(expected, Highest(FeedInTurns(logs, turns, isStopped: false)));
            Assert.Equal(expected, Highest(FeedInTurns(logs, otherTurns, isStopped: true)));
        },
        iter: 500);

    [Fact]
    public void Judge_OddPairs_AreFoundMostly()
    {
        // Guards the other two tests: entries at random must lead to findings of every kind.
        var kinds = new HashSet<AlarmKind>();
        Check.Sample(
            Odd().Array[PacketsMax],
            packets =>
            {
                lock (kinds)
                {
                    kinds.UnionWith(Logs(packets).Judge().Select(finding => finding.Kind));
                }
            },
            iter: 200);

        Assert.Equal(TagTransfer.Kinds.Order(), kinds.Order());
    }

    /// <summary>Entries of one packet: minute, log, event, outcome, and a receipt's index or -1 for the right
    /// one.</summary>
    private static Gen<Line[]> Honest() => Gen.Select(
        Gen.Int[0, EndMinute - (60 * 80)], Gen.Int[0, 60 * 71], Gen.Int[0, 3], Gen.Bool,
        (sent, travel, end, isFromSender) =>
        {
            var (from, to) = isFromSender ? (TwoLogs.Sender, TwoLogs.Receiver) : (TwoLogs.Receiver, TwoLogs.Sender);
            var pending = new Line(sent, from, AuditEvent.PacketSent, AuditOutcome.Pending, 0);
            var closed = sent + travel + 1;
            return end switch
            {
                0 => new[] { pending, pending with { Minute = closed, Outcome = AuditOutcome.Failed } },
                1 => [pending, pending with { Minute = closed, Outcome = AuditOutcome.Refused }],
                2 => [
                    pending,
                    new Line(sent + travel, to, AuditEvent.PacketReceived, AuditOutcome.Done, 0),
                    pending with { Minute = closed, Outcome = AuditOutcome.Done },
                ],
                _ => [
                    pending,
                    new Line(sent + travel, to, AuditEvent.PacketReceived, AuditOutcome.Done, 0),
                    pending with { Minute = closed, Outcome = AuditOutcome.Done },
                    new Line(closed + 3, from, AuditEvent.ReceiptStored, AuditOutcome.Done, -1),
                ],
            };
        });

    private static Gen<Line[]> Odd() => Gen.Select(
        Gen.Int[0, EndMinute - 1],
        Gen.OneOf(TwoLogs.Sender, TwoLogs.Receiver),
        Gen.OneOf(
            AuditEvent.PacketSent, AuditEvent.PacketSent, AuditEvent.PacketReceived, AuditEvent.PacketRefused,
            AuditEvent.ReceiptStored),
        Gen.OneOf(AuditOutcome.Pending, AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Failed),
        Gen.OneOf(-1, -1, 0, 5, 100_000),
        (minute, origin, kind, outcome, index) => new Line(minute, origin, kind, outcome, index)).Array[1, 6];

    private static TwoLogs Logs(Line[][] packets)
    {
        var logs = new TwoLogs();
        foreach (var origin in new[] { TwoLogs.Sender, TwoLogs.Receiver })
        {
            WriteLog(logs, origin, packets);
        }

        return logs;
    }

    private static void WriteLog(TwoLogs logs, string origin, Line[][] packets)
    {
        var other = origin == TwoLogs.Sender ? TwoLogs.Receiver : TwoLogs.Sender;
        var lines = packets.SelectMany((lines, tag) => lines.Select(line => (line, tag)))
            .Where(item => item.line.Origin == origin).OrderBy(item => item.line.Minute);
        foreach (var (line, tag) in lines)
        {
            logs.Awake(origin, line.Minute);
            var isReceipt = line.Event == AuditEvent.ReceiptStored;
            var index = !isReceipt ? 0 : line.Index >= 0 ? line.Index : ReceivedIndex(packets, other, tag);
            logs.Write(origin, line.Minute, line.Event, line.Outcome, tag, index);
        }

        logs.Awake(origin, EndMinute);
    }

    // Writes the other log on a sheet of its own, to see where it has the packet.
    private static long ReceivedIndex(Line[][] packets, string origin, int tag)
    {
        var sheet = new TwoLogs();
        var other = packets.Select(lines =>
            lines.Select(line => line with { Index = Math.Max(0, line.Index) }).ToArray()).ToArray();
        WriteLog(sheet, origin, other);
        return Math.Max(0, sheet[origin].ToList().FindIndex(entry =>
            entry.Event == AuditEvent.PacketReceived && entry.Tag == TwoLogs.Tag(tag)));
    }

    /// <summary>Feeds so many entries of the one log, so many of the other, and so on, asks after each turn, and may
    /// start again from what was kept.</summary>
    private static List<TagFinding> FeedInTurns(TwoLogs logs, int[] turns, bool isStopped)
    {
        var ledger = new TagLedger(TwoLogs.Sender, TwoLogs.Receiver);
        var findings = new List<TagFinding>();
        foreach (var turn in turns.Append(int.MaxValue).Append(int.MinValue))
        {
            // Even numbers feed the one log, odd ones the other, up to some place in it.
            var origin = turn % 2 == 0 ? TwoLogs.Sender : TwoLogs.Receiver;
            var end = turn is int.MaxValue or int.MinValue
                ? logs[origin].Count
                : Math.Abs(turn / 2) % logs[origin].Count;
            for (var i = ledger.NextIndexOf(origin); i < end; i++)
            {
                logs.Feed(ledger, origin, i);
            }

            findings.AddRange(ledger.Judge());
            ledger = isStopped ? TagLedger.Restore(ledger.ToState()) : ledger;
        }

        return findings;
    }

    // A finding that rose was told twice; what counts is how high it is in the end.
    private static string[] Highest(IEnumerable<TagFinding> findings) =>
    [
        .. findings
            .GroupBy(finding => (finding.Kind, finding.Tag, finding.Sender, finding.Origin, finding.Index))
            .Select(group => $"{group.Key} {group.Max(finding => finding.Level)}")
            .Order(StringComparer.Ordinal),
    ];

    private sealed record Line(int Minute, string Origin, AuditEvent Event, AuditOutcome Outcome, long Index);
}
