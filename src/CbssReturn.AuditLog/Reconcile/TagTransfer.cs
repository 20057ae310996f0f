using System.Globalization;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What two logs say of one packet from one to the other. Owned by one <see cref="TagLedger"/>.</summary>
internal sealed class TagTransfer(Digest tag, bool isFromFirst)
{
    /// <summary>Kinds that reconciliation finds, in the order of the digits that are kept.</summary>
    public static readonly AlarmKind[] Kinds =
    [
        AlarmKind.SentUnreceived, AlarmKind.SentUnclosed, AlarmKind.ReceivedUnsent, AlarmKind.ReceiptContradicted,
        AlarmKind.Replay, AlarmKind.GivenUpButReceived, AlarmKind.EntryRule,
    ];

    // One a kind, and one more: a replay of the sender is another finding than a replay of the receiver.
    private readonly AlarmLevel[] _given = new AlarmLevel[Kinds.Length + 1];

    public Digest Tag { get; } = tag;

    public bool IsFromFirst { get; } = isFromFirst;

    public TagMark? Sent { get; private set; }

    public TagMark? Closed { get; private set; }

    public AuditOutcome ClosedOutcome { get; private set; }

    public TagMark? Receipt { get; private set; }

    public long ReceiptPeerIndex { get; private set; }

    public TagMark? Received { get; private set; }

    public TagMark? Refused { get; private set; }

    public long? SenderAgain { get; private set; }

    public long? ReceiverAgain { get; private set; }

    /// <summary>Whether its sender has said anything about it.</summary>
    public bool IsOfSender => Sent is not null || Closed is not null || Receipt is not null;

    /// <summary>Whether an entry about it is not covered yet.</summary>
    public bool HasUncovered => Marks().Any(mark => mark.By is null);

    /// <summary>When the newest entry about it was covered; the greatest moment while one is not.</summary>
    public DateTimeOffset NewestAt => Marks().Max(mark => mark.By ?? DateTimeOffset.MaxValue);

    /// <summary>The smallest index of an entry about it, in either log.</summary>
    public long OldestIndex => Marks().Min(mark => mark.Index);

    /// <summary>Takes state that was kept.</summary>
    public static TagTransfer Restore(TagTransferState state)
    {
        var transfer = new TagTransfer(Digest.Parse(state.Tag).Value, state.IsFromFirst)
        {
            Sent = TagMark.Restore(state.Sent),
            Closed = TagMark.Restore(state.Closed),
            ClosedOutcome = (AuditOutcome)state.ClosedOutcome,
            Receipt = TagMark.Restore(state.Receipt),
            ReceiptPeerIndex = state.ReceiptPeerIndex,
            Received = TagMark.Restore(state.Received),
            Refused = TagMark.Restore(state.Refused),
            SenderAgain = state.SenderAgain,
            ReceiverAgain = state.ReceiverAgain,
        };
        for (var i = 0; i < transfer._given.Length; i++)
        {
            transfer._given[i] = (AlarmLevel)(state.Given[i] - '0');
        }

        return transfer;
    }

    /// <summary>The state to keep.</summary>
    public TagTransferState ToState() => new()
    {
        Tag = Tag.ToString(),
        IsFromFirst = IsFromFirst,
        Sent = Sent?.ToState(),
        Closed = Closed?.ToState(),
        ClosedOutcome = (int)ClosedOutcome,
        Receipt = Receipt?.ToState(),
        ReceiptPeerIndex = ReceiptPeerIndex,
        Received = Received?.ToState(),
        Refused = Refused?.ToState(),
        SenderAgain = SenderAgain,
        ReceiverAgain = ReceiverAgain,
        Given = string.Concat(_given.Select(level => ((int)level).ToString(CultureInfo.InvariantCulture))),
    };

    /// <summary>Takes in what an entry of the sender or of the receiver says.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="after">Newest moment at which its log was known without it; null for none.</param>
    public void Add(TagEntry entry, DateTimeOffset? after)
    {
        var mark = new TagMark(entry.Index, after, null);
        switch (entry.Event)
        {
            case AuditEvent.PacketSent when entry.Outcome == AuditOutcome.Pending:
                // Opened after it was closed is said again as well.
                AddOfSender(entry, Sent ?? Closed);
                Sent ??= mark;
                break;
            case AuditEvent.PacketSent:
                AddOfSender(entry, Closed);
                ClosedOutcome = Closed is null ? entry.Outcome : ClosedOutcome;
                Closed ??= mark;
                break;
            case AuditEvent.ReceiptStored:
                AddOfSender(entry, Receipt);
                ReceiptPeerIndex = Receipt is null ? entry.PeerIndex : ReceiptPeerIndex;
                Receipt ??= mark;
                break;
            case AuditEvent.PacketReceived:
                ReceiverAgain ??= Received is null ? null : entry.Index;
                Received ??= mark;
                break;
            case AuditEvent.PacketRefused:
                ReceiverAgain ??= Refused is null ? null : entry.Index;
                Refused ??= mark;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(entry), entry.Event, "This is not about a packet.");
        }
    }

    /// <summary>Notes that the log of one side is known to a size and a moment.</summary>
    public void Cover(bool isSender, long size, DateTimeOffset? until)
    {
        if (isSender)
        {
            Sent = Sent?.Cover(size, until);
            Closed = Closed?.Cover(size, until);
            Receipt = Receipt?.Cover(size, until);
        }
        else
        {
            Received = Received?.Cover(size, until);
            Refused = Refused?.Cover(size, until);
        }
    }

    /// <summary>The highest level at which a kind was given out; of replays, those of the sender.</summary>
    public AlarmLevel GivenOf(AlarmKind kind) => _given[SlotOf(kind, isOfReceiver: false)];

    /// <summary>Notes that a kind is given out at a level; says whether it was not before.</summary>
    public bool TryGive(AlarmKind kind, bool isOfReceiver, AlarmLevel level)
    {
        ref var given = ref _given[SlotOf(kind, isOfReceiver)];
        if (given >= level)
        {
            return false;
        }

        given = level;
        return true;
    }

    /// <summary>The marks of the receiver's log.</summary>
    public IEnumerable<TagMark> ReceiverMarks() => new[] { Received, Refused }.OfType<TagMark>();

    /// <summary>The marks of the sender's log.</summary>
    public IEnumerable<TagMark> SenderMarks() => new[] { Sent, Closed, Receipt }.OfType<TagMark>();

    private IEnumerable<TagMark> Marks() => SenderMarks().Concat(ReceiverMarks());

    private void AddOfSender(TagEntry entry, TagMark? before) =>
        SenderAgain ??= before is null ? null : entry.Index;

    private static int SlotOf(AlarmKind kind, bool isOfReceiver) =>
        kind == AlarmKind.Replay && isOfReceiver ? Kinds.Length : Array.IndexOf(Kinds, kind);
}
