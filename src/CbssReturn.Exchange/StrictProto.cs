using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Exchange;

/// <summary>Reads protobuf that came from elsewhere: bounded by its caller, once, and with nothing left over.</summary>
/// <remarks>The runtime bounds nesting to 100 levels; sizes are bounded by the part that holds the bytes
/// (docs/spec/referral-packet.md, section 12).</remarks>
internal static class StrictProto
{
    /// <summary>Reads a message of a known format: a field that is not known is a refusal.</summary>
    /// <returns>The message, or <see cref="RefusalCode.ManifestInvalid"/>.</returns>
    public static Result<T> ParseClosed<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T> =>
        ParseOpen(parser, bytes).Then<T>(message => HasUnknownFields(parser, message)
            ? new Refusal(RefusalCode.ManifestInvalid, "A control part has a field that its format does not know.")
            : message);

    /// <summary>Reads a message that may be of a newer format: what is not known stays in the message.</summary>
    /// <returns>The message, or <see cref="RefusalCode.ManifestInvalid"/>.</returns>
    public static Result<T> ParseOpen<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            // The exception's text is dropped: it may quote what it read.
            return new Refusal(RefusalCode.ManifestInvalid, "A part is not a well-formed message.");
        }
    }

    /// <summary>Says whether a message holds fields, at any depth, that this program does not know.</summary>
    public static bool HasUnknownFields<T>(MessageParser<T> parser, T message)
        where T : IMessage<T>
    {
        var known = parser.WithDiscardUnknownFields(true).ParseFrom(message.ToByteString());
        return known.CalculateSize() != message.CalculateSize();
    }
}
