using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>Finds the log that is meant by the short name of a peer in an entry.</summary>
internal sealed class PeerNames
{
    private readonly Dictionary<UInt128, string> _origins;

    /// <summary>Knows the logs of a directory.</summary>
    /// <param name="origins">Origins of all known logs, watched or not.</param>
    public PeerNames(IEnumerable<string> origins) =>
        _origins = origins.Distinct(StringComparer.Ordinal).ToDictionary(origin => KeyOf(LogEntry.PeerName(origin)));

    /// <summary>Finds a log.</summary>
    /// <param name="peer">The name in the entry, 16 bytes.</param>
    /// <returns>Its origin, or null when no known log has this name.</returns>
    public string? Find(ReadOnlyMemory<byte> peer) =>
        peer.Length == LogEntry.ShortIdSizeBytes ? _origins.GetValueOrDefault(KeyOf(peer.Span)) : null;

    private static UInt128 KeyOf(ReadOnlySpan<byte> name) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(name);
}
