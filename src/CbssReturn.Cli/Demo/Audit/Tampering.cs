using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>What a node that lies would do to its log, done to copies, so that the demo can show what is found.
/// </summary>
internal static class Tampering
{
    /// <summary>Copies an exported log and changes one byte of one entry in the copy.</summary>
    /// <param name="from">The exported log.</param>
    /// <param name="to">Where the copy goes.</param>
    /// <param name="index">Which entry, counted from 0; one with a detail.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<Result<Done>> ChangeOneByteAsync(
        string from, string to, long index, CancellationToken stop)
    {
        Copy(from, to);
        var log = await ExportedLog.ReadAsync(to, stop).ConfigureAwait(false);
        if (!log.TryGet(out var read, out var refusal))
        {
            return refusal;
        }

        var bundle = TileLayout.BundleAt(read.Entries.Count, index / TileId.HashesMax);
        var entries = read.Entries.Skip((int)bundle.FirstEntry).Take(bundle.Width).ToList();
        var changed = entries[(int)(index - bundle.FirstEntry)].ToArray();

        // A bit of what it commits to: the entry keeps its form, so only its hash can tell.
        changed[LogEntry.SizeBytes - 1] ^= 1;
        entries[(int)(index - bundle.FirstEntry)] = changed;
        await File.WriteAllBytesAsync(Path.Combine(to, bundle.Path), EntryBundle.Encode(entries), stop)
            .ConfigureAwait(false);
        return Done.Instance;
    }

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

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);  // every file lies in a folder
            File.Copy(file, target);
        }
    }
}
