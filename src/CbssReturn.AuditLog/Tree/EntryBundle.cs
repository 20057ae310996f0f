using System.Buffers.Binary;
using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>The bytes of an entry bundle: u16 length ‖ entry, for up to 256 entries (c2sp.org/tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Largest entry, in bytes.</summary>
    public const int EntrySizeBytesMax = ushort.MaxValue;

    /// <summary>Largest bundle, in bytes.</summary>
    public const int SizeBytesMax = TileId.HashesMax * (sizeof(ushort) + EntrySizeBytesMax);

    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">1 to 256 entries of at most <see cref="EntrySizeBytesMax"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none or too many, or one is too large.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfLessThan(entries.Count, 1, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, TileId.HashesMax, nameof(entries));
        var bytes = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, EntrySizeBytesMax, nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">Bytes of any number; the entries point into them.</param>
    /// <param name="width">Number of entries that it must hold, 1 to 256.</param>
    /// <returns>Exactly as many entries, or a refusal with <see cref="RefusalCode.TileMalformed"/> when the bytes end
    /// early or late.</returns>
    public static Result<ReadOnlyMemory<byte>[]> Parse(ReadOnlyMemory<byte> bundle, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TileId.HashesMax);
        var entries = new ReadOnlyMemory<byte>[width];
        var offset = 0;
        for (var i = 0; i < width; i++)
        {
            if (!TryTake(bundle.Span, ref offset, out var entry))
            {
                return Malformed(string.Create(CultureInfo.InvariantCulture, $"The bundle ends in its entry {i}."));
            }

            entries[i] = bundle.Slice(offset - entry.Length, entry.Length);
        }

        return offset == bundle.Length ? entries : Malformed("The bundle goes on after its last entry.");
    }

    /// <summary>Takes one entry and moves on.</summary>
    /// <param name="bundle">The whole bundle.</param>
    /// <param name="offset">Where the entry's length stands; afterwards, where the entry ends.</param>
    /// <param name="entry">The entry; empty when the answer is false.</param>
    /// <returns>Whether a whole entry stood there.</returns>
    internal static bool TryTake(ReadOnlySpan<byte> bundle, ref int offset, out ReadOnlySpan<byte> entry)
    {
        var rest = bundle[offset..];
        entry = default;
        if (rest.Length < sizeof(ushort))
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length - sizeof(ushort) < size)
        {
            return false;
        }

        entry = rest.Slice(sizeof(ushort), size);
        offset += sizeof(ushort) + size;
        return true;
    }

    private static Refusal Malformed(string message) => new(RefusalCode.TileMalformed, message);
}
