using System.Buffers.Binary;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>Entries that say nothing and look like any other LOCAL one, so that nobody can count what a node does.
/// </summary>
/// <remarks>The detail of a pad is not stored: it follows from the keystore, the place, the minute and what stands
/// before it, so it can be shown to an auditor who asks, and costs no row. A log that was put back and goes on
/// otherwise has other pads at the same places: two trees that share a digest behind the point where they part would
/// name a pad.</remarks>
/// <param name="keys">The unlocked keystore; owned by the host.</param>
/// <param name="origin">Name of the log: pads of two logs of one node must not be alike, or they could be told.</param>
public sealed class AuditPads(KeyRing keys, string origin)
{
    private const string NonceLabel = "audit-pad";

    /// <summary>Makes the pad for a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="at">A full minute, UTC.</param>
    /// <param name="before">Leaf hash of the entry before it; <c>default</c> at the first place.</param>
    public LogEntry EntryAt(long index, DateTimeOffset at, Digest before) => new()
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = at,
        Detail = Digest.Of(DetailAt(index, at, before)),
    };

    /// <summary>The detail that the pad at a place commits to. Of a place that holds no pad it is the detail of
    /// nothing; its digest tells.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="at">The minute of the entry there, UTC.</param>
    /// <param name="before">Leaf hash of the entry before it; <c>default</c> at the first place.</param>
    public byte[] DetailAt(long index, DateTimeOffset at, Digest before)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var name = Encoding.UTF8.GetBytes(origin);
        var place = new byte[name.Length + (2 * sizeof(long)) + Digest.SizeBytes];
        name.CopyTo(place, 0);
        var rest = place.AsSpan(name.Length);
        BinaryPrimitives.WriteInt64BigEndian(rest, index);
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(long)..], at.ToUnixTimeSeconds());
        before.CopyTo(rest[(2 * sizeof(long))..]);
        return EntryDetail.Encode(keys.BlindIndex(NonceLabel, place), (uint)AuditDetailKind.Pad, []);
    }
}
