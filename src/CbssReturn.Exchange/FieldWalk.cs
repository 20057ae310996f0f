using Google.Protobuf.Reflection;

namespace CbssReturn.Exchange;

/// <summary>Walks the fields of a message before anything is made of it: a part of 4 MiB can hold two million empty
/// messages, which would grow to hundreds of MiB (docs/spec/referral-packet.md, section 12). On the way it sees whether
/// there is a field that this program does not know.</summary>
internal sealed class FieldWalk
{
    /// <summary>Most fields of one part, those of messages inside included. A list of numbers counts a field for each
    /// of its bytes.</summary>
    public const int Max = 20_000;

    private const int NestingMax = 100;
    private const int VarintSizeBytesMax = 10;
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private int _left = Max;

    /// <summary>Whether a field, at any depth, is not known or not of the known wire type: a parser keeps such a field
    /// aside.</summary>
    public bool HasUnknownFields { get; private set; }

    /// <summary>Says whether bytes hold well-formed fields, and no more than <see cref="Max"/>. Groups, which no format
    /// of ours has, are not well-formed here.</summary>
    /// <param name="message">What the bytes are.</param>
    /// <param name="bytes">The message.</param>
    public bool TryWalk(MessageDescriptor message, ReadOnlySpan<byte> bytes) => Walk(message, bytes, nesting: 0);

    private bool Walk(MessageDescriptor message, ReadOnlySpan<byte> rest, int nesting)
    {
        while (!rest.IsEmpty)
        {
            if (nesting > NestingMax || --_left < 0 || !TryReadVarint(ref rest, out var tag) || tag > uint.MaxValue)
            {
                return false;
            }

            var field = message.FindFieldByNumber((int)(tag >> 3));
            HasUnknownFields |= field is null || !Fits(field, (int)(tag & 7));
            var isRead = (int)(tag & 7) switch
            {
                Varint => TryReadVarint(ref rest, out _),
                Fixed64 => TryTake(ref rest, sizeof(ulong), out _),
                Fixed32 => TryTake(ref rest, sizeof(uint), out _),
                LengthDelimited => TryReadVarint(ref rest, out var size)
                    && TryTake(ref rest, size, out var content)
                    && WalkContent(field, content, nesting),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private bool WalkContent(FieldDescriptor? field, ReadOnlySpan<byte> content, int nesting)
    {
        switch (field)
        {
            case { FieldType: FieldType.Message }:
                return Walk(field.MessageType, content, nesting + 1);
            case { IsRepeated: true, FieldType: not (FieldType.String or FieldType.Bytes) }:
                _left -= content.Length;
                return _left >= 0;
            default:
                return true;
        }
    }

    private static bool Fits(FieldDescriptor field, int wireType)
    {
        var own = field.FieldType switch
        {
            FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => Fixed64,
            FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => Fixed32,
            FieldType.String or FieldType.Bytes or FieldType.Message => LengthDelimited,
            _ => Varint,
        };
        return wireType == own || (field.IsRepeated && wireType == LengthDelimited);  // packed
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, ulong size, out ReadOnlySpan<byte> taken)
    {
        if (size > (ulong)rest.Length)
        {
            taken = default;
            return false;
        }

        taken = rest[..(int)size];
        rest = rest[(int)size..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (var index = 0; index < VarintSizeBytesMax && index < rest.Length; index++)
        {
            value |= (ulong)(rest[index] & 0x7F) << (7 * index);
            if (rest[index] < 0x80)
            {
                rest = rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
