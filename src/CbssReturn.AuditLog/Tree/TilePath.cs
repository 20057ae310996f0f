using System.Globalization;

namespace CbssReturn.AuditLog;

/// <summary>What the paths of tiles and of entry bundles have in common: <c>N[.p/W]</c> (c2sp.org/tlog-tiles).
/// </summary>
/// <remarks>N is written in groups of three digits, all but the last after an <c>x</c>: 1234067 is
/// <c>x001/x234/067</c>. Each number has one spelling.</remarks>
internal static class TilePath
{
    private const string PartialMark = ".p/";
    private const int GroupDigits = 3;
    private const int GroupModulus = 1000;

    // 2^63 - 1 has 19 digits: seven groups, six of them with x and slash, and the mark with three digits.
    private const int LengthMax = (7 * GroupDigits) + (6 * 2) + 6;

    /// <summary>Writes an index and a width.</summary>
    public static string Write(long index, int width)
    {
        var path = (index % GroupModulus).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = index / GroupModulus; rest > 0; rest /= GroupModulus)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{rest % GroupModulus:D3}/{path}");
        }

        return width == TileId.HashesMax ? path : string.Create(CultureInfo.InvariantCulture, $"{path}.p/{width}");
    }

    /// <summary>Reads an index and a width.</summary>
    public static bool TryRead(ReadOnlySpan<char> path, out long index, out int width)
    {
        (index, width) = (0, TileId.HashesMax);
        if (path.Length > LengthMax)
        {
            return false;
        }

        var mark = path.IndexOf(PartialMark, StringComparison.Ordinal);
        var groups = mark < 0 ? path : path[..mark];
        if (mark >= 0 && !TryReadDigits(path[(mark + PartialMark.Length)..], out width))
        {
            return false;
        }

        // Written again and compared, so that no second spelling of a number passes.
        return TryReadGroups(groups, out index)
            && width is >= 1 and <= TileId.HashesMax
            && path.SequenceEqual(Write(index, width));
    }

    private static bool TryReadGroups(ReadOnlySpan<char> groups, out long index)
    {
        Span<char> digits = stackalloc char[LengthMax];
        var count = 0;
        foreach (var character in groups)
        {
            if (character is not ('x' or '/'))
            {
                digits[count++] = character;
            }
        }

        return long.TryParse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static bool TryReadDigits(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
