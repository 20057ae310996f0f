using System.Buffers.Binary;
using System.Globalization;

namespace CbssReturn.Storage;

/// <summary>Stands for another node in a column, without saying which: the first 16 bytes of a keyed hash of its
/// node id.</summary>
/// <remarks>
/// Made by <c>KeyRing.BlindIndex("peer", node id)</c>; whoever has only the database can tell that two rows have the
/// same peer, not who it is. <c>default</c> is all zero and stands for nobody.
/// </remarks>
public readonly record struct PeerIndex
{
    /// <summary>Size of an index, in bytes.</summary>
    public const int SizeBytes = 16;

    private readonly UInt128 _value;

    private PeerIndex(UInt128 value) => _value = value;

    /// <summary>Takes the first 16 bytes of a blind index.</summary>
    /// <param name="blindIndex">The keyed hash; 16 bytes or more, of which the first 16 count.</param>
    /// <exception cref="ArgumentException">There are fewer than <see cref="SizeBytes"/> bytes.</exception>
    public static PeerIndex FromBlindIndex(ReadOnlySpan<byte> blindIndex) => blindIndex.Length >= SizeBytes
        ? new PeerIndex(BinaryPrimitives.ReadUInt128BigEndian(blindIndex))
        : throw new ArgumentException($"A peer index needs {SizeBytes} bytes.", nameof(blindIndex));

    /// <summary>Returns the 16 bytes in an array of their own.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <summary>Returns 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
