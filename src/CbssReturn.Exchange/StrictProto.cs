using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Exchange;

/// <summary>Reads protobuf that came from elsewhere: bounded by its caller, once, and with nothing left over.</summary>
/// <remarks>The runtime bounds nesting to 100 levels, <see cref="FieldWalk"/> how much is made of the bytes; sizes are
/// bounded by the part that holds them (docs/spec/referral-packet.md, section 12).</remarks>
internal static class StrictProto
{
    /// <summary>Largest manifest and largest answer, in bytes.</summary>
    public const int ControlSizeBytesMax = 64 * 1024;

    /// <summary>Largest consent excerpt, in bytes: 64 grants, each with the nodes it may go on to.</summary>
    public const int ExcerptSizeBytesMax = 256 * 1024;

    /// <summary>Reads a message of a known format: a field that is not known is a refusal.</summary>
    /// <returns>The message, or <see cref="RefusalCode.ManifestInvalid"/>.</returns>
    public static Result<T> ParseClosed<T>(
        MessageParser<T> parser, ReadOnlySpan<byte> bytes, int sizeBytesMax = ControlSizeBytesMax)
        where T : IMessage<T> => bytes.Length > sizeBytesMax
        ? new Refusal(RefusalCode.ManifestInvalid, "A control part is larger than any that its format can hold.")
        : ParseOpen(parser, bytes).Then<T>(read => read.HasNewerFields
            ? new Refusal(RefusalCode.ManifestInvalid, "A control part has a field that its format does not know.")
            : read.Message);

    /// <summary>Reads a message that may be of a newer format: what is not known stays in the message.</summary>
    /// <returns>The message, and whether it holds fields, at any depth, that this program does not know; or
    /// <see cref="RefusalCode.ManifestInvalid"/>.</returns>
    public static Result<(T Message, bool HasNewerFields)> ParseOpen<T>(
        MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        var walk = new FieldWalk();
        if (!walk.TryWalk(parser.ParseFrom([]).Descriptor, bytes))
        {
            return NotWellFormed();
        }

        try
        {
            return (parser.ParseFrom(bytes), walk.HasUnknownFields);
        }
        catch (InvalidProtocolBufferException)
        {
            // The exception's text is dropped: it may quote what it read.
            return NotWellFormed();
        }
    }

    private static Refusal NotWellFormed() =>
        new(RefusalCode.ManifestInvalid, "A part is not a well-formed message, or holds too many fields.");
}
