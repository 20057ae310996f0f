using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Cli.Json;

/// <summary>The JSON form in which people write and read what the desk takes and gives (samples/README.md).</summary>
/// <remarks>
/// It follows the protos with these differences, so that each value has one spelling: field names are the proto's own
/// snake_case names; an enum value is written without the prefix of its type (<c>SIGNED_PAPER</c>) and the zero value
/// is said by leaving the field out; bytes are lower-case hex; a moment is RFC 3339 in UTC with whole seconds; a day is
/// <c>YYYY-MM-DD</c> (<see cref="JsonTimes"/> says which fields those are). Fields that hold their default are not
/// written. Reading refuses what it does not know and never repeats a value in a refusal, only its path.
/// </remarks>
internal static class CaseworkJson
{
    /// <summary>Largest file that is read, in bytes: 1 MiB.</summary>
    public const int FileSizeBytesMax = 1024 * 1024;

    // Letters of every script stay as they are. Control characters and those that turn the direction of writing are
    // escaped, so that no stored text can steer the terminal that shows it.
    private static readonly JavaScriptEncoder Encoder = MakeEncoder();

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file into a fresh message.</summary>
    /// <param name="path">The file; at most <see cref="FileSizeBytesMax"/> bytes.</param>
    /// <returns>The message, or a refusal with <see cref="RefusalCode.FileUnreadable"/>,
    /// <see cref="RefusalCode.FileTooLarge"/> or one of <see cref="Read"/>.</returns>
    public static Result<T> ReadFile<T>(string path)
        where T : IMessage<T>, new() =>
        InputFile.Read(path, FileSizeBytesMax).Then(bytes => Read<T>(bytes));

    /// <summary>Reads a fresh message.</summary>
    /// <param name="utf8">One JSON object in UTF-8, without a byte order mark.</param>
    /// <returns>The message, or a refusal with <see cref="RefusalCode.JsonMalformed"/>,
    /// <see cref="RefusalCode.FieldUnknown"/>, <see cref="RefusalCode.FieldMalformed"/>,
    /// <see cref="RefusalCode.CodeUnknown"/> or <see cref="RefusalCode.ValueTwice"/>, and the path.</returns>
    public static Result<T> Read<T>(ReadOnlyMemory<byte> utf8)
        where T : IMessage<T>, new()
    {
        var message = new T();
        return ReadInto(message, utf8).Then<T>(_ => message);
    }

    /// <summary>Reads into an empty message; as <see cref="Read"/>.</summary>
    public static Result<Done> ReadInto(IMessage message, ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > FileSizeBytesMax)
        {
            return InputFile.TooLarge(FileSizeBytesMax);
        }

        try
        {
            _ = StrictUtf8.GetCharCount(utf8.Span);
            JsonMessageReader.Read(utf8.Span, message);
            return Done.Instance;
        }
        catch (JsonRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (JsonException malformed)
        {
            // The parser's own words repeat the input, so only the place is told.
            return new Refusal(
                RefusalCode.JsonMalformed,
                $"The JSON ends too early or is wrong at line {malformed.LineNumber + 1}, "
                + $"byte {malformed.BytePositionInLine + 1}.");
        }
        catch (DecoderFallbackException)
        {
            return new Refusal(RefusalCode.JsonMalformed, "The file is not in UTF-8.");
        }
    }

    /// <summary>Writes a message.</summary>
    /// <param name="message">Any message of the packet and desk protos.</param>
    /// <param name="indented">Over several lines, for people.</param>
    public static string Write(IMessage message, bool indented = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options(indented)))
        {
            JsonMessageWriter.Write(writer, message);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Gives the options with which everything here is written.</summary>
    public static JsonWriterOptions Options(bool indented) =>
        new() { Encoder = Encoder, Indented = indented, NewLine = "\n" };

    private static JavaScriptEncoder MakeEncoder()
    {
        var letters = new TextEncoderSettings(UnicodeRanges.All);
        letters.ForbidCharacters('\u061C', '\u200E', '\u200F', '\u2028', '\u2029');
        letters.ForbidRange(UnicodeRange.Create('\u202A', '\u202E'));
        letters.ForbidRange(UnicodeRange.Create('\u2066', '\u2069'));
        return JavaScriptEncoder.Create(letters);
    }
}
