using CbssReturn.Casework.Referrals;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Records;

/// <summary>One packet of a conversation, without its sections.</summary>
public sealed record PacketRecord
{
    /// <summary>Whether it came from the peer.</summary>
    public required bool Incoming { get; init; }

    /// <summary>Packet id; a reseal changes it.</summary>
    public required PacketId PacketId { get; init; }

    /// <summary>Stable name of what was said.</summary>
    public required MessageId Message { get; init; }

    /// <summary>What it says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>Place in the conversation for its direction.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>When it was stored here, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it waits for an earlier one.</summary>
    public bool Parked { get; init; }

    /// <summary>Whether the peer never took it in (refused or taken back), so that its sequence number is free
    /// again: a number that is never filled would keep the peer waiting for it.</summary>
    public bool IsVoid { get; init; }

    /// <summary>Number of the referral's state before this node sent it, to which a packet that the peer never took in
    /// leads back; 0 for a packet of the peer.</summary>
    public byte StateBefore { get; init; }

    /// <summary>The coded answer; null for none.</summary>
    public CodedAnswer? Answer { get; init; }

    /// <summary>Row of the inbox or outbox, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> RowId { get; init; }
}
