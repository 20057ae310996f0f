using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>Names one packet. Random, so that it says nothing; a reseal gets a new one.</summary>
/// <remarks>Meaningful only together with the sender's <see cref="KeyId"/> (docs/spec/referral-packet.md, section 2).
/// Text form: exactly 32 lower-case hexadecimal digits; one id has one spelling. <c>default</c> is all zero bytes.
/// </remarks>
public readonly record struct PacketId
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = 16;

    private readonly UInt128 _value;

    private PacketId(UInt128 value) => _value = value;

    /// <summary>Takes the bytes as they are.</summary>
    /// <param name="bytes">Exactly <see cref="SizeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The size is another.</exception>
    public static PacketId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == SizeBytes
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException($"PacketId takes {SizeBytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Draws a new id from the operating system's random generator.</summary>
    public static PacketId NewRandom()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        RandomNumberGenerator.Fill(bytes);
        return FromBytes(bytes);
    }

    /// <summary>Reads the canonical text form.</summary>
    /// <returns>The value, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<PacketId> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[SizeBytes];
        return StrictHex.TryDecode(text, bytes)
            ? FromBytes(bytes)
            : new Refusal(RefusalCode.IdentifierMalformed, "The id must be 32 lower-case hexadecimal digits.");
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least <see cref="SizeBytes"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too small.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _value);
    }

    /// <summary>Returns a fresh copy of the bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the canonical text form.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
