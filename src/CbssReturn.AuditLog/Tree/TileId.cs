using System.Globalization;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Names one tile: up to 256 neighbouring hashes of one height of the tree (c2sp.org/tlog-tiles).</summary>
/// <param name="Level">0 for hashes of entries; each level above holds the roots of full tiles below. At most
/// <see cref="LevelMax"/>.</param>
/// <param name="Index">Place in the level, from 0.</param>
/// <param name="Width">Number of hashes, 1 to <see cref="HashesMax"/>; fewer than that is a partial tile, which only
/// the right edge of a tree has.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    /// <summary>Number of hashes in a full tile.</summary>
    public const int HashesMax = 256;

    /// <summary>Size of a full tile, in bytes.</summary>
    public const int SizeBytesMax = HashesMax * Digest.SizeBytes;

    /// <summary>Highest level: one above would hold roots of 2^64 entries, and a log has fewer than 2^63.</summary>
    public const int LevelMax = 7;

    /// <summary>Heights of the tree that one level spans: 2^8 hashes.</summary>
    internal const int LevelHeight = 8;

    private const string Prefix = "tile/";

    /// <summary>Size of the tile, in bytes.</summary>
    public int SizeBytes => Width * Digest.SizeBytes;

    /// <summary>The path under which a log serves the tile: <c>tile/L/N</c>, or <c>tile/L/N.p/W</c> when it is partial.
    /// </summary>
    /// <exception cref="InvalidOperationException">No tree has such a tile.</exception>
    public string Path => IsPossible
        ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Level}/{TilePath.Write(Index, Width)}")
        : throw new InvalidOperationException($"No tree has the tile {Level}, {Index}, {Width}.");

    /// <summary>Index of the first entry that the tile spans.</summary>
    public long FirstEntry => (Index * HashesMax) << (LevelHeight * Level);

    // The end of the tile, in entries, is at most 2^63.
    private bool IsPossible =>
        Level is >= 0 and <= LevelMax
        && Width is >= 1 and <= HashesMax
        && Index >= 0
        && ((Int128)Index * HashesMax) + Width <= (long.MaxValue >> (LevelHeight * Level));

    /// <summary>Reads a path.</summary>
    /// <param name="path">Text of any length.</param>
    /// <returns>The tile, or a refusal with <see cref="RefusalCode.TileMalformed"/> when this is not the one path of
    /// a tile that a tree can have.</returns>
    public static Result<TileId> ParsePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        // One digit of level and a slash stand between the prefix and the index.
        var levelAt = Prefix.Length;
        if (path.StartsWith(Prefix, StringComparison.Ordinal)
            && path.Length > levelAt + 2
            && path[levelAt] is >= '0' and <= '7'
            && path[levelAt + 1] == '/'
            && TilePath.TryRead(path.AsSpan(levelAt + 2), out var index, out var width)
            && new TileId(path[levelAt] - '0', index, width) is { IsPossible: true } tile)
        {
            return tile;
        }

        return new Refusal(RefusalCode.TileMalformed, "This is not the path of a tile.");
    }
}
