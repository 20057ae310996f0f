using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Tests;

/// <summary>Entries and keys as nodes have them.</summary>
internal static class Sample
{
    public const string Origin = "log.example.org/se/00112233445566778899aabbccddeeff/1";

    public const string OtherOrigin = "log.example.org/dk/ffeeddccbbaa99887766554433221100/1";

    public static readonly DateTimeOffset At = new(2026, 11, 24, 10, 30, 0, TimeSpan.Zero);

    public static LogEntry Local(int number, DateTimeOffset? at = null) => new()
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = at ?? At,
        Detail = Digest.Of(BitConverter.GetBytes(number)),
    };

    public static LogEntry Packet(
        AuditEvent kind, AuditOutcome outcome, string peer, int packet, DateTimeOffset at, long index = 0) => new()
    {
        Event = kind,
        Outcome = outcome,
        At = at,
        Peer = LogEntry.PeerName(peer),
        Handle = Digest.Of([.. BitConverter.GetBytes(packet), 1]).ToArray().AsMemory(0, LogEntry.ShortIdSizeBytes),
        Tag = Digest.Of([.. BitConverter.GetBytes(packet), 2]),
        Index = index,
    };

    /// <summary>A log of LOCAL entries, four a minute, signed.</summary>
    public static MemoryLog Log(int size, string origin = Origin, byte seed = 1)
    {
        var log = MemoryLog.Create(origin, seed);
        Grow(log, size);
        log.Publish();
        return log;
    }

    /// <summary>Appends LOCAL entries, four a minute from <see cref="At"/> on, or all at one minute.</summary>
    public static void Grow(MemoryLog log, int count, DateTimeOffset? at = null)
    {
        for (var i = 0; i < count; i++)
        {
            log.Append(Local((int)log.Size, at ?? At.AddMinutes(log.Size / 4)));
        }
    }

    public static NoteKey Key(byte seed)
    {
        var bytes = new byte[NoteKey.SeedSizeBytes];
        Array.Fill(bytes, seed);
        return NoteKey.FromSeed(bytes);
    }
}
