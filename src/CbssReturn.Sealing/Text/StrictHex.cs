using System.Buffers;

namespace CbssReturn.Sealing;

/// <summary>Lower-case hexadecimal text with exactly one spelling for every value.</summary>
/// <remarks>Refuses upper case, white space, prefixes and odd lengths (style sheet, rule 28). Decoding is not constant
/// in time: never decode a secret that somebody else may time.</remarks>
public static class StrictHex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Decodes text that must fill the destination exactly.</summary>
    /// <param name="text">Twice as many digits as the destination has bytes.</param>
    /// <param name="destination">Receives the bytes; its content is undefined when the answer is false.</param>
    /// <returns>Whether the text is the one spelling of as many bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination) =>
        text.Length == 2L * destination.Length
        && !text.ContainsAnyExcept(Digits)
        && Convert.FromHexString(text, destination, out _, out _) == OperationStatus.Done;

    /// <summary>Decodes text of any even length.</summary>
    /// <param name="text">Lower-case hexadecimal digits; empty for no bytes.</param>
    /// <param name="bytes">The bytes; empty when the answer is false.</param>
    /// <returns>Whether the text is the one spelling of these bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        var decoded = new byte[text.Length / 2];
        var isStrict = TryDecode(text, decoded);
        bytes = isStrict ? decoded : [];
        return isStrict;
    }

    /// <summary>Encodes bytes as lower-case digits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
