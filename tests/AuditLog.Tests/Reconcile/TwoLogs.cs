using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Reconcile;

/// <summary>Two logs that are written by a test: an entry a line, and padding in every minute between.</summary>
internal sealed class TwoLogs
{
    public const string Sender = "log.example/ee/00/1";
    public const string Receiver = "log.example/lv/11/1";

    public static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, List<LogEntry>> _entries = new() { [Sender] = [], [Receiver] = [] };

    public static Digest Tag(int number) => Digest.Of(BitConverter.GetBytes(number));

    public IReadOnlyList<LogEntry> this[string origin] => _entries[origin];

    /// <summary>Writes an entry about a packet of the sender at a minute, and pads a log up to there.</summary>
    public TwoLogs Write(
        string origin, int minute, AuditEvent kind, AuditOutcome outcome = AuditOutcome.Done, int tag = 1,
        long index = 0, string? peer = null)
    {
        _entries[origin].Add(new LogEntry
        {
            Event = kind,
            Outcome = outcome,
            At = Start.AddMinutes(minute),
            Peer = LogEntry.PeerName(peer ?? (origin == Sender ? Receiver : Sender)),
            Handle = Convert.FromHexString("0102030405060708090a0b0c0d0e0f10"),
            Tag = Tag(tag),
            Index = index,
        });
        return this;
    }

    /// <summary>Pads a log once a step until a minute, which is what a log that is awake does.</summary>
    public TwoLogs Awake(string origin, int untilMinute, int stepMinutes = 60)
    {
        var log = _entries[origin];
        var from = log.Count == 0 ? Start : log[^1].At;
        for (var at = from; at < Start.AddMinutes(untilMinute); at = at.AddMinutes(stepMinutes))
        {
            log.Add(Pad(at));
        }

        log.Add(Pad(Start.AddMinutes(untilMinute)));
        return this;
    }

    /// <summary>Leaves a log silent, then writes once.</summary>
    public TwoLogs Asleep(string origin, int untilMinute)
    {
        _entries[origin].Add(Pad(Start.AddMinutes(untilMinute)));
        return this;
    }

    public TwoLogs BothAwake(int untilMinute) => Awake(Sender, untilMinute).Awake(Receiver, untilMinute);

    /// <summary>Feeds both logs whole, the one and then the other, and asks once.</summary>
    public TagFinding[] Judge()
    {
        var ledger = new TagLedger(Sender, Receiver);
        foreach (var origin in new[] { Sender, Receiver })
        {
            for (var i = 0; i < _entries[origin].Count; i++)
            {
                Feed(ledger, origin, i);
            }
        }

        return [.. ledger.Judge()];
    }

    /// <summary>Feeds an entry as an auditor does who sees the log grow by one at a time.</summary>
    public void Feed(TagLedger ledger, string origin, long index)
    {
        var entry = _entries[origin][(int)index];
        ledger.Add(origin, index, entry);
        ledger.Cover(origin, index + 1, entry.At);
    }

    private static LogEntry Pad(DateTimeOffset at) => SampleEntries.Local(at: at);
}
