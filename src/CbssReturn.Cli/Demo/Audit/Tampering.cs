using System.Security.Cryptography;
using CbssReturn.AuditLog;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>What a node that lies would do to its log, done to copies, so that the demo can show what is found.
/// </summary>
internal static class Tampering
{
    /// <summary>Finds a packet that was sent and received according to both logs.</summary>
    /// <returns>Its transfer tag; null for none.</returns>
    public static Sealing.Digest? FindTransfer(ExportedLog sender, ExportedLog receiver)
    {
        var received = Parse(receiver)
            .Where(entry => entry.Event is AuditEvent.PacketReceived)
            .Select(entry => entry.Tag)
            .ToHashSet();
        return Parse(sender)
            .Where(entry => entry.Event is AuditEvent.PacketSent && received.Contains(entry.Tag))
            .Select(entry => (Sealing.Digest?)entry.Tag)
            .FirstOrDefault();
    }

    /// <summary>Which entry tells first of a packet that came in; 0 for none.</summary>
    public static int FirstReceived(ExportedLog log) =>
        Math.Max(0, Parse(log).ToList().FindIndex(entry => entry.Event is AuditEvent.PacketReceived));

    /// <summary>A log as its node would have written it without one packet: what spoke of it is a pad.</summary>
    public static ExportedLog Withhold(ExportedLog log, Sealing.Digest tag) => log with
    {
        Entries =
        [
            .. log.Entries.Select(bytes => LogEntry.Parse(bytes.Span).TryGet(out var entry, out _) && entry.Tag == tag
                ? (ReadOnlyMemory<byte>)Pad(entry.At)
                : bytes),
        ],
    };

    private static byte[] Pad(DateTimeOffset at) => new LogEntry
    {
        Event = AuditEvent.Local,
        Outcome = AuditOutcome.Done,
        At = at,
        Detail = Sealing.Digest.FromBytes(RandomNumberGenerator.GetBytes(Sealing.Digest.SizeBytes)),
    }.ToBytes();

    private static IEnumerable<LogEntry> Parse(ExportedLog log) =>
        log.Entries.Select(bytes => LogEntry.Parse(bytes.Span).Value);
}
