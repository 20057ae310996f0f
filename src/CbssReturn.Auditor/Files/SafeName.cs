using System.Globalization;
using System.Text;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Files;

/// <summary>Names of files and folders for texts that others chose, such as origins: no separator, no dot at the
/// beginning, and two texts have two names.</summary>
internal static class SafeName
{
    // File systems end names at 255 bytes; the suffixes of temporary files need room.
    private const int LengthMax = 200;

    /// <summary>Gives the name: letters a-z, digits, <c>-</c>, <c>_</c> and inner dots as they are, every other byte of
    /// UTF-8 as <c>%</c> and two upper-case digits. What would be too long is cut, and ends with its SHA-256.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var letter in bytes)
        {
            if (letter is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_'
                || (letter == (byte)'.' && name.Length > 0))
            {
                name.Append((char)letter);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"%{letter:X2}");
            }
        }

        return name.Length <= LengthMax
            ? name.ToString()
            : $"{name.ToString(0, LengthMax - (2 * Digest.SizeBytes) - 1)}~{Digest.Of(bytes)}";
    }
}
