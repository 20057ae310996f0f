using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace CbssReturn.AuditLog;

/// <summary>What may stand in a signed note at all (c2sp.org/signed-note, format).</summary>
internal static class NoteText
{
    // Throws where Encoding.UTF8 would write something else than it was given.
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes text that is valid UTF-8 and has no control characters but line feeds.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        // No byte of a longer sequence is below 0x80, so the bytes can be asked for control characters.
        text = Utf8.IsValid(bytes) && HasNoControls(bytes) ? Strict.GetString(bytes) : null;
        return text is not null;
    }

    /// <summary>Encodes text; the same characters come back.</summary>
    /// <exception cref="EncoderFallbackException">There is half a surrogate pair.</exception>
    public static byte[] Encode(string text) => Strict.GetBytes(text);

    /// <summary>Says whether a text can be signed: whole characters, no control characters but line feeds, and a line
    /// feed at the end.</summary>
    public static bool IsText(string text) =>
        text.EndsWith('\n') && IsWellFormed(text) && !text.Any(character => character < ' ' && character != '\n');

    /// <summary>Says whether a text can be the name of a key: not empty, no space of any script, no plus.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (character is '+' or < ' ' || char.IsWhiteSpace(character))
            {
                return false;
            }
        }

        return name.Length > 0 && IsWellFormed(name);
    }

    private static bool HasNoControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 and not (byte)'\n')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var count) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[count..];
        }

        return true;
    }
}
