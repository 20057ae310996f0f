using Google.Protobuf.Reflection;

namespace CbssReturn.Exchange;

/// <summary>Counts the fields of a message before anything is made of it: a part of 4 MiB can hold two million empty
/// messages, which would grow to hundreds of MiB (docs/spec/referral-packet.md, section 12).</summary>
internal static class FieldCount
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

    /// <summary>Says whether bytes hold well-formed fields, and no more than <see cref="Max"/>. Groups, which no format
    /// of ours has, are not well-formed here.</summary>
    /// <param name="message">What the bytes are.</param>
    /// <param name="bytes">The message.</param>
    public static bool IsBounded(MessageDescriptor message, ReadOnlySpan<byte> bytes)
    {
        var left = Max;
        return Walk(message, bytes, nesting: 0, ref left);
    }

    private static bool Walk(MessageDescriptor message, ReadOnlySpan<byte> rest, int nesting, ref int left)
    {
        while (!rest.IsEmpty)
        {
            if (nesting > NestingMax || --left < 0 || !TryReadVarint(ref rest, out var tag) || tag > uint.MaxValue)
            {
                return false;
            }

            var field = message.FindFieldByNumber((int)(tag >> 3));
            var isRead = (int)(tag & 7) switch
            {
                Varint => TryReadVarint(ref rest, out _),
                Fixed64 => TryTake(ref rest, sizeof(ulong), out _),
                Fixed32 => TryTake(ref rest, sizeof(uint), out _),
                LengthDelimited => TryReadVarint(ref rest, out var size)
                    && TryTake(ref rest, size, out var content)
                    && WalkContent(field, content, nesting, ref left),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private static bool WalkContent(FieldDescriptor? field, ReadOnlySpan<byte> content, int nesting, ref int left)
    {
        switch (field)
        {
            case { FieldType: FieldType.Message }:
                return Walk(field.MessageType, content, nesting + 1, ref left);
            case { IsRepeated: true, FieldType: not (FieldType.String or FieldType.Bytes) }:
                left -= content.Length;
                return left >= 0;
            default:
                return true;
        }
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
