using System.Buffers.Binary;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Audit;

/// <summary>Entries that say nothing and look like any other LOCAL one, so that nobody can count what a node does.
/// </summary>
/// <remarks>The detail of a pad is not stored: it follows from the keystore and the place, so it can be shown to an
/// auditor who asks, and costs no row.</remarks>
/// <param name="keys">The unlocked keystore; owned by the host.</param>
/// <param name="origin">Name of the log: pads of two logs of one node must not be alike, or they could be told.</param>
public sealed class AuditPads(KeyRing keys, string origin)
{
    private const string NonceLabel = "audit-pad";

    /// <summary>Makes the pad for a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="at">A full minute, UTC.</param>
    public LogEntry EntryAt(long index, DateTimeOffset at) => new()
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = at,
        Detail = Digest.Of(DetailAt(index)),
    };

    /// <summary>The detail that the pad at a place commits to. Of a place that holds no pad it is the detail of
    /// nothing; its digest tells.</summary>
    /// <param name="index">The place, from 0.</param>
    public byte[] DetailAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var name = Encoding.UTF8.GetBytes(origin);
        var place = new byte[name.Length + sizeof(long)];
        name.CopyTo(place, 0);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(name.Length), index);
        return EntryDetail.Encode(keys.BlindIndex(NonceLabel, place), (uint)AuditDetailKind.Pad, []);
    }
}
