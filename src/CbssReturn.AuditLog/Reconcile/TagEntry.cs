using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What one entry of a log says about one packet: all that two auditors show each other.</summary>
/// <param name="Index">Index of the entry, counted from 0.</param>
/// <param name="Event">PACKET_SENT, PACKET_RECEIVED, PACKET_REFUSED or RECEIPT_STORED; others are passed over.</param>
/// <param name="Outcome">Outcome of the entry.</param>
/// <param name="Tag">Transfer tag or refused tag.</param>
/// <param name="PeerIndex">With RECEIPT_STORED the index of the entry in the peer's log; else 0.</param>
/// <param name="At">Time of the entry, a full minute.</param>
public readonly record struct TagEntry(
    long Index, AuditEvent Event, AuditOutcome Outcome, Digest Tag, long PeerIndex, DateTimeOffset At)
{
    /// <summary>Takes what an entry says about packets.</summary>
    /// <param name="index">Index of the entry.</param>
    /// <param name="entry">The entry.</param>
    public static TagEntry Of(long index, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new TagEntry(index, entry.Event, entry.Outcome, entry.Tag, entry.Index, entry.At);
    }
}
