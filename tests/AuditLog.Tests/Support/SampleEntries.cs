using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Entries as a node writes them.</summary>
internal static class SampleEntries
{
    public static readonly DateTimeOffset At = new(2026, 11, 24, 10, 30, 0, TimeSpan.Zero);

    public static LogEntry Local(Digest? detail = null, DateTimeOffset? at = null) => new()
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = at ?? At,
        Detail = detail ?? Digest.Of([1]),
    };

    public static LogEntry Packet(AuditEvent kind = AuditEvent.PacketSent, Digest? detail = null) => new()
    {
        Event = kind,
        Outcome = AuditOutcome.Pending,
        At = At,
        Peer = LogEntry.PeerName("log.example.org/xx/00112233445566778899aabbccddeeff/1"),
        Handle = Convert.FromHexString("0102030405060708090a0b0c0d0e0f10"),
        Tag = Digest.Of([2]),
        Detail = detail,
    };

    public static LogEntry Receipt(long index) => Packet(AuditEvent.ReceiptStored) with { Index = index };

    public static LogEntry Erased(long index) => new()
    {
        Event = AuditEvent.DetailErased,
        Outcome = AuditOutcome.Done,
        At = At,
        Tag = Digest.Of([3]),
        Index = index,
    };

    /// <summary>Any number of entries of both sizes, a minute apart.</summary>
    public static IEnumerable<byte[]> Many(int count) => Enumerable.Range(0, count).Select(i =>
    {
        var at = At.AddMinutes(i / 4);
        var entry = i % 3 == 0
            ? Packet() with { At = at, Tag = Digest.Of(BitConverter.GetBytes(i)) }
            : Local(Digest.Of(BitConverter.GetBytes(i)), at);
        return entry.ToBytes();
    });
}
