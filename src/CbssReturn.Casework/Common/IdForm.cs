using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>The one binary and the one text form of every 16-byte id (docs/spec/casework.md, rule 1.1).</summary>
internal static class IdForm
{
    public const int SizeBytes = 16;

    private const int TextChars = 32;

    public static UInt128 Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    public static bool TryRead(ReadOnlySpan<byte> bytes, out UInt128 value)
    {
        value = bytes.Length == SizeBytes ? Read(bytes) : UInt128.Zero;
        return value != UInt128.Zero;
    }

    public static bool TryParse([NotNull] string text, out UInt128 value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = UInt128.Zero;
        return text.Length == TextChars
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            && value != UInt128.Zero
            && Text(value) == text;
    }

    public static byte[] Write(UInt128 value)
    {
        var bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    public static string Text(UInt128 value) => value.ToString("x32", CultureInfo.InvariantCulture);

    public static Refusal Malformed(string label) =>
        new(RefusalCode.IdentifierMalformed, $"{label} is 16 bytes, as text 32 lower-case hex digits, not all zero.");
}
