using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Compares what two logs say about the packets between their nodes, and finds what one of them left out.
/// </summary>
/// <remarks>
/// Pure book-keeping: it is fed both logs, each in the order of its indexes, and asked what is wrong. Whatever the
/// order in which the two are fed, and however often it is asked, it finds the same in the end. Clocks run only while
/// the log that owes an answer advances: no log is accused of sleeping. They run by the moments of <see
/// cref="Cover(string, long, DateTimeOffset)"/>, which the auditor knows from witnesses or from its own clock; what an
/// entry says of its own time counts for nothing, else whoever is accused could stop the clock, and whose clock is
/// wrong would be accused. What the logs do between two such moments counts in favour of the accused. Packets are
/// forgotten once both logs have advanced <see cref="RememberedFor"/> beyond the last entry about them and nothing
/// about them is open; until then a second entry is a replay. Not safe to share between threads. Source:
/// docs/spec/audit-log.md, section 7.
/// </remarks>
public sealed partial class TagLedger
{
    /// <summary>How long a settled packet is remembered, for replays and late receipts.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    /// <summary>Most packets that are remembered because of one log: those that it says it sent, and those of which it
    /// alone says something. Beyond, the oldest of these are forgotten early, and what was open about them is found at
    /// once; so a log that floods the book pushes out nothing of the other.</summary>
    public const int TransfersMax = 50_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly LogProgress _first;
    private readonly LogProgress _second;
    private readonly int _transfersMax;
    private readonly Dictionary<(Digest Tag, bool IsFromFirst), TagTransfer> _transfers = [];

    // Those about which asking again may find something.
    private readonly HashSet<TagTransfer> _open = [];

    // Those with entries of which nobody knows yet at what moment their log had them.
    private readonly HashSet<TagTransfer> _uncovered = [];
    private readonly List<TagFinding> _forgottenOpen = [];
    private DateTimeOffset _sweptUntil;

    /// <summary>Opens the book for two logs.</summary>
    /// <param name="origin">The one log.</param>
    /// <param name="otherOrigin">The other log.</param>
    /// <exception cref="ArgumentException">They are the same.</exception>
    public TagLedger(string origin, string otherOrigin)
        : this(new LogProgress(origin), new LogProgress(otherOrigin), TransfersMax)
    {
    }

    internal TagLedger(string origin, string otherOrigin, int transfersMax)
        : this(new LogProgress(origin), new LogProgress(otherOrigin), transfersMax)
    {
    }

    private TagLedger(LogProgress first, LogProgress second, int transfersMax)
    {
        if (first.Origin == second.Origin)
        {
            throw new ArgumentException("A log is not reconciled with itself.", nameof(second));
        }

        (_first, _second, _transfersMax) = (first, second, transfersMax);
    }

    /// <summary>Number of packets that are remembered.</summary>
    public int TransferCount => _transfers.Count;

    /// <summary>Index of the entry of a log to go on from.</summary>
    /// <param name="origin">One of the two logs.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public long NextIndexOf(string origin) => ProgressOf(origin).NextIndex;

    /// <summary>Takes in an entry of one of the logs; those about other nodes only move it on.</summary>
    /// <param name="origin">Whose entry it is.</param>
    /// <param name="index">Its index. One below <see cref="NextIndexOf"/> was fed before and is passed over.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The log is neither of the two.</exception>
    public void Add(string origin, long index, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var log = ProgressOf(origin);
        if (index < log.NextIndex)
        {
            return;
        }

        if (IsAboutPacket(entry.Event) && entry.Peer.Span.SequenceEqual(Other(log).PeerName.Span))
        {
            Take(log, TagEntry.Of(index, entry));
        }

        log.Reach(index + 1);
    }

    /// <summary>Takes in what another auditor tells of one of the logs about the other.</summary>
    /// <param name="origin">Whose entry it is.</param>
    /// <param name="entry">What it says. One below <see cref="NextIndexOf"/> was fed before and is passed over.</param>
    /// <param name="verifiedSize">Size of the newest checkpoint of that log that the caller has verified itself: nobody
    /// speaks of entries that the log has not signed.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.FieldMalformed"/> when there can be no such entry; then
    /// nothing has changed.</returns>
    /// <exception cref="ArgumentException">The log is neither of the two.</exception>
    public Result<Done> Add(string origin, TagEntry entry, long verifiedSize)
    {
        var log = ProgressOf(origin);
        if (entry.Index < 0 || entry.Index >= verifiedSize || entry.PeerIndex < 0
            || !Enum.IsDefined(entry.Event) || !Enum.IsDefined(entry.Outcome))
        {
            return new Refusal(RefusalCode.FieldMalformed, "The log has no such entry about a packet.");
        }

        if (entry.Index < log.NextIndex)
        {
            return Done.Instance;
        }

        if (IsAboutPacket(entry.Event))
        {
            Take(log, entry);
        }

        log.Reach(entry.Index + 1);
        return Done.Instance;
    }

    /// <summary>Notes that the entries of a log below a size were looked at, at no moment that is known yet.</summary>
    /// <param name="origin">One of the two logs.</param>
    /// <param name="size">The size; a smaller one than before changes nothing.</param>
    /// <exception cref="ArgumentException">The log is neither of the two.</exception>
    public void Reach(string origin, long size) => ProgressOf(origin).Reach(size);

    /// <summary>Notes how far a log is known: every entry below a size was fed, and at a moment the log had them.
    /// </summary>
    /// <param name="origin">One of the two logs.</param>
    /// <param name="size">The size; a smaller one than before changes nothing.</param>
    /// <param name="until">When a quorum of witnesses stood behind a checkpoint of that size, or the caller saw it;
    /// never later than now. One that is older than before changes nothing. Steps of more than two hours count as
    /// sleep.</param>
    /// <exception cref="ArgumentException">The log is neither of the two.</exception>
    public void Cover(string origin, long size, DateTimeOffset until) => Cover(origin, size, until, until);

    /// <summary>Notes how far a log is known, where no one moment is known at which it was of just this size.
    /// </summary>
    /// <param name="origin">One of the two logs.</param>
    /// <param name="size">The size; a smaller one than before changes nothing.</param>
    /// <param name="until">A moment at which the log had no entry beyond: what is missing is counted up to here. One
    /// that is older than before changes nothing. Steps of more than two hours count as sleep.</param>
    /// <param name="by">A moment at which it had every entry below: what is asked is counted from here.</param>
    /// <exception cref="ArgumentException">The log is neither of the two.</exception>
    public void Cover(string origin, long size, DateTimeOffset until, DateTimeOffset by)
    {
        var log = ProgressOf(origin);
        log.Advance(size, until);
        if (_uncovered.Count == 0)
        {
            return;
        }

        var from = log.CoveredUntil > by ? log.CoveredUntil : by;
        foreach (var transfer in _uncovered)
        {
            transfer.Cover(SenderOf(transfer) == log, size, from);
        }

        _uncovered.RemoveWhere(transfer => !transfer.HasUncovered);
    }

    /// <summary>Says what is wrong by now and was not said before. A finding comes back when its level rises.</summary>
    public IReadOnlyList<TagFinding> Judge()
    {
        List<TagFinding> findings = [.. _forgottenOpen];
        _forgottenOpen.Clear();
        foreach (var transfer in _open)
        {
            findings.AddRange(JudgeOne(transfer));
        }

        _open.RemoveWhere(transfer => TagRules.IsSettled(transfer, ReceiverOf(transfer)));
        Sweep();
        return findings;
    }

    private static bool IsAboutPacket(AuditEvent kind) => kind is AuditEvent.PacketSent or AuditEvent.PacketReceived
        or AuditEvent.PacketRefused or AuditEvent.ReceiptStored;

    private IEnumerable<TagFinding> JudgeOne(TagTransfer transfer)
    {
        var (sender, receiver) = (SenderOf(transfer), ReceiverOf(transfer));
        return TagRules.Judge(transfer, sender, receiver)
            .Where(found => transfer.TryGive(found.Kind, found.Log == receiver, found.Level))
            .Select(found => new TagFinding(
                found.Kind,
                found.Level,
                transfer.Tag,
                sender.Origin,
                receiver.Origin,
                found.Log.Origin,
                found.Index));
    }

    private void Take(LogProgress log, TagEntry entry)
    {
        var isOfSender = entry.Event is AuditEvent.PacketSent or AuditEvent.ReceiptStored;
        var key = (entry.Tag, IsFromFirst: (log == _first) == isOfSender);
        if (!_transfers.TryGetValue(key, out var transfer))
        {
            transfer = new TagTransfer(entry.Tag, key.IsFromFirst);
            _transfers.Add(key, transfer);
        }
        else
        {
            OwnerOf(transfer).Owned--;
        }

        transfer.Add(entry, log.CoveredUntil);
        _open.Add(transfer);
        _uncovered.Add(transfer);
        var owner = OwnerOf(transfer);
        if (++owner.Owned > _transfersMax)
        {
            ForgetOldest(owner);
        }
    }

    private void Sweep()
    {
        if (_first.CoveredUntil is not { } first || _second.CoveredUntil is not { } second)
        {
            return;
        }

        var until = first < second ? first : second;
        if (until - _sweptUntil < SweepEvery)
        {
            return;
        }

        _sweptUntil = until;
        foreach (var transfer in _transfers.Values
            .Where(transfer => !_open.Contains(transfer) && until - transfer.NewestAt > RememberedFor)
            .ToArray())
        {
            Forget(transfer);
        }
    }

    // An eighth at once, so that a log that floods the book does not make every entry look at all of it.
    private void ForgetOldest(LogProgress flooder)
    {
        foreach (var transfer in _transfers.Values
            .Where(transfer => OwnerOf(transfer) == flooder)
            .OrderBy(_open.Contains)
            .ThenBy(transfer => transfer.NewestAt)
            .ThenBy(transfer => transfer.OldestIndex)
            .Take((_transfersMax / 8) + 1)
            .ToArray())
        {
            if (_open.Contains(transfer))
            {
                _forgottenOpen.AddRange(JudgeOne(transfer));
                _forgottenOpen.AddRange(GiveUp(transfer));
            }

            Forget(transfer);
        }
    }

    private void Forget(TagTransfer transfer)
    {
        foreach (var mark in transfer.ReceiverMarks())
        {
            ReceiverOf(transfer).Forget(mark.Index);
        }

        OwnerOf(transfer).Owned--;
        _open.Remove(transfer);
        _uncovered.Remove(transfer);
        _transfers.Remove((transfer.Tag, transfer.IsFromFirst));
    }

    // Whoever floods the book to push an open packet out of it is found for that packet.
    private IEnumerable<TagFinding> GiveUp(TagTransfer transfer)
    {
        var (sender, receiver) = (SenderOf(transfer), ReceiverOf(transfer));
        if (TagRules.IsSettled(transfer, receiver))
        {
            yield break;
        }

        var (kind, log, mark) = transfer switch
        {
            { Received: { } received, Sent: null, Closed: null } => (AlarmKind.ReceivedUnsent, receiver, received),
            { Closed: { } closed } => (AlarmKind.SentUnreceived, sender, closed),
            { Sent: { } sent } => (AlarmKind.SentUnclosed, sender, sent),
            _ => (AlarmKind.ReceiptContradicted, sender, transfer.SenderMarks().First()),
        };
        if (transfer.TryGive(kind, log == receiver, AlarmLevel.High))
        {
            yield return new TagFinding(
                kind, AlarmLevel.High, transfer.Tag, sender.Origin, receiver.Origin, log.Origin, mark.Index);
        }
    }

    // Whose packet it is in the book: its sender's as soon as that has said so, for anybody can name a packet to have
    // received.
    private LogProgress OwnerOf(TagTransfer transfer) =>
        transfer.IsOfSender ? SenderOf(transfer) : ReceiverOf(transfer);

    private LogProgress SenderOf(TagTransfer transfer) => transfer.IsFromFirst ? _first : _second;

    private LogProgress ReceiverOf(TagTransfer transfer) => transfer.IsFromFirst ? _second : _first;

    private LogProgress Other(LogProgress log) => log == _first ? _second : _first;

    private LogProgress ProgressOf(string origin) =>
        origin == _first.Origin ? _first
        : origin == _second.Origin ? _second
        : throw new ArgumentException("This log is not one of the two.", nameof(origin));
}
