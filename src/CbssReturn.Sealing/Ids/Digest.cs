using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>A SHA-256 value.</summary>
/// <remarks>Public, so compared in ordinary time (docs/spec/referral-packet.md, section 2).
/// Text form: exactly 64 lower-case hexadecimal digits; one id has one spelling. <c>default</c> is all zero bytes.
/// </remarks>
public readonly record struct Digest
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Digest(UInt128 high, UInt128 low) => (_high, _low) = (high, low);

    /// <summary>Takes the bytes as they are.</summary>
    /// <param name="bytes">Exactly <see cref="SizeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The size is another.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == SizeBytes
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException($"Digest takes {SizeBytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Hashes bytes with plain SHA-256; for a domain-separated hash see <see
    /// cref="TranscriptHash"/>.</summary>
    /// <param name="content">Any number of bytes.</param>
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        SHA256.HashData(content, bytes);
        return FromBytes(bytes);
    }

    /// <summary>Reads the canonical text form.</summary>
    /// <returns>The value, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<Digest> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[SizeBytes];
        return StrictHex.TryDecode(text, bytes)
            ? FromBytes(bytes)
            : new Refusal(RefusalCode.IdentifierMalformed, "The id must be 64 lower-case hexadecimal digits.");
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="destination">At least <see cref="SizeBytes"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too small.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <summary>Returns a fresh copy of the bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the canonical text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_high:x32}{_low:x32}");
}
