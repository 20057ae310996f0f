using System.Buffers.Binary;
using System.Text;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Entry v1: one leaf of a node's audit log. It says that something happened, never about whom.</summary>
/// <remarks>
/// <see cref="SizeBytes"/> bytes, or <see cref="SizeBytesWithDetail"/> with the digest of a detail
/// (docs/spec/audit-log.md, section 1). An entry has one form: what <see cref="Parse"/> takes, <see cref="ToBytes"/>
/// gives back byte for byte. It ends as c2sp.org/tlog-addenda asks, so that any tool finds the digest.
/// Two entries are compared by their bytes.
/// </remarks>
public sealed record LogEntry
{
    /// <summary>Size of an entry without a detail, in bytes.</summary>
    public const int SizeBytes = 113;

    /// <summary>Size of an entry with a detail, in bytes.</summary>
    public const int SizeBytesWithDetail = 149;

    /// <summary>Size of <see cref="Peer"/> and of <see cref="Handle"/>, in bytes.</summary>
    public const int ShortIdSizeBytes = 16;

    private const int EventOffset = 4;
    private const int OutcomeOffset = 6;
    private const int FirstReservedOffset = 7;
    private const int SecondsOffset = 8;
    private const int PeerOffset = 16;
    private const int HandleOffset = 32;
    private const int TagOffset = 48;
    private const int IndexOffset = 80;
    private const int SecondReservedOffset = 88;
    private const int DetailOffset = 112;
    private const int SecondsPerMinute = 60;

    // The last minute that DateTimeOffset can hold, 9999-12-31T23:59.
    private const ulong SecondsMax = 253_402_300_740;

    /// <summary>What happened.</summary>
    public required AuditEvent Event { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>When, in UTC, at a full minute from 1970 on; the true second stands in the detail.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The peer as <see cref="PeerName"/> names it, 16 bytes; empty stands for zero.</summary>
    public ReadOnlyMemory<byte> Peer { get; init; }

    /// <summary>Random handle of the packet at this node, 16 bytes; empty stands for zero.</summary>
    public ReadOnlyMemory<byte> Handle { get; init; }

    /// <summary>Transfer tag or refused tag of the packet; the erased digest for
    /// <see cref="AuditEvent.DetailErased"/>; <c>default</c> for none.</summary>
    public Digest Tag { get; init; }

    /// <summary>Index, from 0, of the peer's entry for <see cref="AuditEvent.ReceiptStored"/> and of the erased entry
    /// for <see cref="AuditEvent.DetailErased"/>; else 0.</summary>
    public long Index { get; init; }

    /// <summary>SHA-256 of the detail (<see cref="EntryDetail"/>); null for none.</summary>
    public Digest? Detail { get; init; }

    /// <summary>Names a node in entries, so that an entry alone does not tell who it is.</summary>
    /// <param name="origin">Origin of the node's log.</param>
    /// <returns>The first 16 bytes of SHA-256("cbss/node/v1\n" ‖ origin).</returns>
    public static byte[] PeerName(string origin)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        return Digest.Of([.. "cbss/node/v1\n"u8, .. Encoding.UTF8.GetBytes(origin)]).ToArray()[..ShortIdSizeBytes];
    }

    /// <summary>The tag of a packet that was refused, whose transfer tag the two ends may not share.</summary>
    /// <param name="envelopeHash">Hash that names the envelope.</param>
    /// <returns>SHA-256("cbss/refused/v1\n" ‖ envelope hash).</returns>
    public static Digest RefusedTag(Digest envelopeHash) =>
        Digest.Of([.. "cbss/refused/v1\n"u8, .. envelopeHash.ToArray()]);

    /// <summary>Reads an entry.</summary>
    /// <param name="bytes">The entry, of any size.</param>
    /// <returns>The entry, or a refusal with <see cref="RefusalCode.EntryMalformed"/> that names the field.</returns>
    public static Result<LogEntry> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (SizeBytes or SizeBytesWithDetail) || !bytes.StartsWith(Magic))
        {
            return Malformed("An entry has 113 or 149 bytes and starts with CBA1.");
        }

        var hasDetail = bytes.Length == SizeBytesWithDetail;
        if (!bytes[(hasDetail ? DetailOffset + Digest.SizeBytes : DetailOffset)..].SequenceEqual(TrailerOf(hasDetail)))
        {
            return Malformed("The entry does not end as its size asks.", "detail");
        }

        if (bytes[FirstReservedOffset] != 0 || bytes[SecondReservedOffset..DetailOffset].ContainsAnyExcept((byte)0))
        {
            return Malformed("The reserved bytes are not zero.");
        }

        var seconds = BinaryPrimitives.ReadUInt64BigEndian(bytes[SecondsOffset..]);
        var index = BinaryPrimitives.ReadUInt64BigEndian(bytes[IndexOffset..]);
        if (seconds > SecondsMax)
        {
            return Malformed("The moment is too far in the future.", "time");
        }

        if (index > long.MaxValue)
        {
            return Malformed("The index is at most 2^63 - 1.", "index");
        }

        var entry = new LogEntry
        {
            Event = (AuditEvent)BinaryPrimitives.ReadUInt16BigEndian(bytes[EventOffset..]),
            Outcome = (AuditOutcome)bytes[OutcomeOffset],
            At = DateTimeOffset.FromUnixTimeSeconds((long)seconds),
            Peer = bytes.Slice(PeerOffset, ShortIdSizeBytes).ToArray(),
            Handle = bytes.Slice(HandleOffset, ShortIdSizeBytes).ToArray(),
            Tag = Digest.FromBytes(bytes.Slice(TagOffset, Digest.SizeBytes)),
            Index = (long)index,
            Detail = hasDetail ? Digest.FromBytes(bytes.Slice(DetailOffset, Digest.SizeBytes)) : null,
        };
        return entry.FindBreach() is { } breach ? breach : entry;
    }

    /// <summary>Writes the entry.</summary>
    /// <returns><see cref="SizeBytes"/> or <see cref="SizeBytesWithDetail"/> bytes.</returns>
    /// <exception cref="InvalidOperationException">The fields do not go together; no reader would take them.
    /// </exception>
    public byte[] ToBytes()
    {
        if (FindBreach() is { } breach)
        {
            throw new InvalidOperationException($"{breach.Message} ({breach.Field})");
        }

        var bytes = new byte[Detail is null ? SizeBytes : SizeBytesWithDetail];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(EventOffset), (ushort)Event);
        bytes[OutcomeOffset] = (byte)Outcome;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SecondsOffset), At.ToUnixTimeSeconds());
        Peer.Span.CopyTo(bytes.AsSpan(PeerOffset));
        Handle.Span.CopyTo(bytes.AsSpan(HandleOffset));
        Tag.CopyTo(bytes.AsSpan(TagOffset));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(IndexOffset), Index);
        Detail?.CopyTo(bytes.AsSpan(DetailOffset));
        var trailer = TrailerOf(Detail is not null);
        trailer.CopyTo(bytes.AsSpan(bytes.Length - trailer.Length));
        return bytes;
    }

    private static ReadOnlySpan<byte> Magic => "CBA1"u8;

    // c2sp.org/tlog-addenda: the offset of each digest, u32, then their number in one byte.
    private static ReadOnlySpan<byte> TrailerOf(bool hasDetail) => hasDetail ? [0, 0, 0, DetailOffset, 1] : [0];

    private static Refusal Malformed(string message, string? field = null) =>
        new(RefusalCode.EntryMalformed, message, field);

    private static bool IsNamed(ReadOnlyMemory<byte> id) => id.Span.ContainsAnyExcept((byte)0);

    /// <summary>What the fields must keep among each other, for a reader and for a writer.</summary>
    private Refusal? FindBreach()
    {
        if (!Enum.IsDefined(Event))
        {
            return Malformed("There is no such event.", "event");
        }

        if (!Enum.IsDefined(Outcome))
        {
            return Malformed("There is no such outcome.", "outcome");
        }

        var seconds = At.ToUnixTimeSeconds();
        if (seconds < 0 || seconds % SecondsPerMinute != 0 || At.UtcTicks % TimeSpan.TicksPerSecond != 0)
        {
            return Malformed("The moment is a full minute from 1970 on.", "time");
        }

        if (Peer.Length is not (0 or ShortIdSizeBytes) || Handle.Length is not (0 or ShortIdSizeBytes) || Index < 0)
        {
            return Malformed("Peer and handle have 16 bytes and the index counts from 0.");
        }

        return FindBreachOfEvent();
    }

    private Refusal? FindBreachOfEvent()
    {
        var isAboutPacket = Event is AuditEvent.PacketSent or AuditEvent.PacketReceived or AuditEvent.PacketRefused
            or AuditEvent.ReceiptStored;
        if (IsNamed(Peer) != isAboutPacket)
        {
            return Malformed("An entry about a packet names the peer, and no other does.", "peer");
        }

        if (IsNamed(Handle) != isAboutPacket)
        {
            return Malformed("An entry about a packet has a handle, and no other has.", "handle");
        }

        if ((Tag != default) != (isAboutPacket || Event == AuditEvent.DetailErased))
        {
            return Malformed("An entry about a packet or an erased detail has a tag, and no other has.", "tag");
        }

        if (Index != 0 && Event is not (AuditEvent.ReceiptStored or AuditEvent.DetailErased))
        {
            return Malformed("Only a stored receipt and an erased detail point at an entry.", "index");
        }

        return Event == AuditEvent.Local && Detail is null
            ? Malformed("A local entry has a detail.", "detail")
            : null;
    }
}
