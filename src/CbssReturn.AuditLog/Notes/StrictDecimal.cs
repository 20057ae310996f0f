using System.Globalization;

namespace CbssReturn.AuditLog;

/// <summary>Sizes and indexes as C2SP writes them: ASCII digits without sign and without leading zero, 0 to
/// 2^63 - 1.</summary>
internal static class StrictDecimal
{
    private const int DigitsMax = 19;

    /// <summary>Reads the one spelling of a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return text.Length is > 0 and <= DigitsMax
            && !text.ContainsAnyExceptInRange('0', '9')
            && (text.Length == 1 || text[0] != '0')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Writes a number.</summary>
    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
