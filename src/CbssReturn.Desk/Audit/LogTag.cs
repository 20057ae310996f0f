using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>What an entry says about a packet, without the packet's handle.</summary>
/// <param name="Index">The entry, from 0.</param>
/// <param name="Event">One of those about packets.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Tag">Transfer tag or refused tag.</param>
/// <param name="PeerIndex">With <see cref="AuditEvent.ReceiptStored"/>, the peer's entry.</param>
/// <param name="At">When, UTC, at a full minute.</param>
public sealed record LogTag(
    long Index, AuditEvent Event, AuditOutcome Outcome, Digest Tag, long PeerIndex, DateTimeOffset At);
