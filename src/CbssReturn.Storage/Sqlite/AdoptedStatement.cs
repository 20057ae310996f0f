using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Sqlite;

/// <summary>What an entry says of a packet, as the key under which it is remembered that it was said: tag, event, and
/// whether it opens or closes. A log that says the same twice is taken for a replay (docs/spec/audit-log.md, section
/// 7.2).</summary>
internal static class AdoptedStatement
{
    private const int SizeBytes = Digest.SizeBytes + 2;

    /// <summary>Whether an event is about a packet.</summary>
    public static bool IsAboutPacket(AuditEvent kind) => kind is AuditEvent.PacketSent or AuditEvent.PacketReceived
        or AuditEvent.PacketRefused or AuditEvent.ReceiptStored;

    /// <summary>Makes the key.</summary>
    public static byte[] Of(AuditEvent kind, AuditOutcome outcome, Digest tag)
    {
        var said = new byte[SizeBytes];
        tag.CopyTo(said);
        said[Digest.SizeBytes] = (byte)kind;
        said[Digest.SizeBytes + 1] = outcome == AuditOutcome.Pending ? (byte)1 : (byte)0;
        return said;
    }
}
