using System.Buffers.Binary;
using System.Numerics;

namespace CbssReturn.Sealing;

/// <summary>Hides sizes: u32 length ‖ data ‖ zeros up to the next power of two, at least 2 KiB.</summary>
/// <remarks>So every section, dummy and answer has one of 12 sizes (docs/spec/referral-packet.md, section
/// 4.4).</remarks>
internal static class Padding
{
    /// <summary>Smallest padded size, in bytes.</summary>
    public const int PaddedSizeBytesMin = 2048;

    /// <summary>Largest padded size, in bytes.</summary>
    public const int PaddedSizeBytesMax = 4 * 1024 * 1024;

    /// <summary>Size of the length in front, in bytes.</summary>
    public const int LengthSizeBytes = 4;

    /// <summary>Most data that fits, in bytes.</summary>
    public const int DataSizeBytesMax = PaddedSizeBytesMax - LengthSizeBytes;

    /// <summary>Computes the only padded size for data of a size.</summary>
    /// <param name="dataSizeBytes">0 to <see cref="DataSizeBytesMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside.</exception>
    public static int GetPaddedSize(int dataSizeBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dataSizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dataSizeBytes, DataSizeBytesMax);
        var filled = Math.Max(dataSizeBytes + LengthSizeBytes, PaddedSizeBytesMin);
        return (int)BitOperations.RoundUpToPowerOf2((uint)filled);
    }

    /// <summary>Says whether padding can give this size.</summary>
    public static bool IsPaddedSize(long sizeBytes) =>
        sizeBytes is >= PaddedSizeBytesMin and <= PaddedSizeBytesMax && BitOperations.IsPow2(sizeBytes);

    /// <summary>Writes length, data and zeros.</summary>
    /// <param name="data">The data.</param>
    /// <param name="padded">Exactly <see cref="GetPaddedSize"/> bytes.</param>
    public static void Write(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(padded.Length, GetPaddedSize(data.Length));
        BinaryPrimitives.WriteInt32BigEndian(padded, data.Length);
        data.CopyTo(padded[LengthSizeBytes..]);
        padded[(LengthSizeBytes + data.Length)..].Clear();
    }

    /// <summary>Reads the data back, strictly.</summary>
    /// <param name="padded">What was opened.</param>
    /// <param name="dataSizeBytes">Size of the data, which begins at <see cref="LengthSizeBytes"/>.</param>
    /// <returns>False when the size is not the one for this length, or a padding byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> padded, out int dataSizeBytes)
    {
        dataSizeBytes = 0;
        if (!IsPaddedSize(padded.Length))
        {
            return false;
        }

        var claimed = BinaryPrimitives.ReadUInt32BigEndian(padded);
        if (claimed > DataSizeBytesMax || GetPaddedSize((int)claimed) != padded.Length)
        {
            return false;
        }

        dataSizeBytes = (int)claimed;
        return !padded[(LengthSizeBytes + dataSizeBytes)..].ContainsAnyExcept((byte)0);
    }
}
