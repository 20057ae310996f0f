using System.Buffers;

namespace CbssReturn.Sealing;

/// <summary>Base64 (RFC 4648, section 4, with padding) with exactly one spelling for every value.</summary>
/// <remarks>The platform's decoder takes white space and stray bits in the last digit; here both are refused by
/// encoding again and comparing. Not constant in time: never decode a secret that somebody else may time.</remarks>
public static class StrictBase64
{
    private static readonly SearchValues<char> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>Decodes canonical text.</summary>
    /// <param name="text">Padded base64; empty for no bytes.</param>
    /// <param name="bytes">The bytes; empty when the answer is false.</param>
    /// <returns>Whether the text is the one spelling of these bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 != 0 || text.ContainsAnyExcept(Digits))
        {
            return false;
        }

        var decoded = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, decoded, out var count))
        {
            return false;
        }

        Array.Resize(ref decoded, count);
        if (!text.SequenceEqual(Encode(decoded)))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    /// <summary>Encodes bytes with padding and without line breaks.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);
}
