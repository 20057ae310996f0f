using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using CbssReturn.Outcomes;

namespace CbssReturn.Storage;

/// <summary>Names one row of the store: 16 bytes that sort by the moment at which the id was drawn.</summary>
/// <remarks>
/// A UUID of version 7 (RFC 9562, section 5.7): 48 bits of POSIX milliseconds, then random bits. Rows with such keys
/// are appended at the right edge of their index, which is what makes a durable insert cheap (ADR on storage). An id
/// that leaves the node is never a row id: it tells when it was made. <c>default</c> is all zero and names nothing.
/// </remarks>
public readonly record struct RowId : IComparable<RowId>
{
    /// <summary>Size of an id, in bytes.</summary>
    public const int SizeBytes = 16;

    private static readonly ConditionalWeakTable<TimeProvider, RowIdSource> Sources = [];

    private readonly UInt128 _value;

    internal RowId(UInt128 value) => _value = value;

    /// <summary>Draws a new id. Ids drawn with one clock in one process rise strictly, even when the clock steps
    /// back.</summary>
    /// <param name="clock">Where the milliseconds come from; normally <see cref="TimeProvider.System"/>.</param>
    public static RowId New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Sources.GetValue(clock, static _ => new RowIdSource()).Next(clock.GetUtcNow());
    }

    /// <summary>Takes the 16 bytes of an id.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="SizeBytes"/> bytes.</exception>
    public static RowId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == SizeBytes
        ? new RowId(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException($"An id has {SizeBytes} bytes.", nameof(bytes));

    /// <summary>Reads the one text form: 32 lower-case hexadecimal digits.</summary>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<RowId> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isHex = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        var id = new RowId(value);
        return isHex && value != 0 && id.ToString() == text
            ? id
            : new Refusal(RefusalCode.IdentifierMalformed, "An id is 32 lower-case hex digits, not all zero.");
    }

    /// <summary>Whether <paramref name="left"/> was drawn before <paramref name="right"/>.</summary>
    public static bool operator <(RowId left, RowId right) => left._value < right._value;

    /// <summary>Whether <paramref name="left"/> was drawn after <paramref name="right"/>.</summary>
    public static bool operator >(RowId left, RowId right) => left._value > right._value;

    /// <summary>Whether <paramref name="left"/> was not drawn after <paramref name="right"/>.</summary>
    public static bool operator <=(RowId left, RowId right) => left._value <= right._value;

    /// <summary>Whether <paramref name="left"/> was not drawn before <paramref name="right"/>.</summary>
    public static bool operator >=(RowId left, RowId right) => left._value >= right._value;

    /// <summary>Orders ids by the moment at which they were drawn.</summary>
    public int CompareTo(RowId other) => _value.CompareTo(other._value);

    /// <summary>Writes the 16 bytes.</summary>
    /// <param name="target">At least <see cref="SizeBytes"/> bytes.</param>
    public void CopyTo(Span<byte> target) => BinaryPrimitives.WriteUInt128BigEndian(target, _value);

    /// <summary>Returns the 16 bytes in an array of their own.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the one text form.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);
}
