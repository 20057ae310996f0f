using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Which files a tree of a size has, and under which paths a static export holds them (c2sp.org/tlog-tiles).
/// </summary>
/// <remarks>A tree of 70,000 entries has 273 full tiles and one of width 112 at level 0, one full and one of width 17
/// at level 1, and one of width 1 at level 2.</remarks>
public static class TileLayout
{
    /// <summary>Path of the newest checkpoint; the only file of an export that changes.</summary>
    public const string CheckpointPath = "checkpoint";

    /// <summary>Every tile of a tree, level by level from the entries up.</summary>
    /// <param name="size">Number of entries, from 0.</param>
    public static IEnumerable<TileId> Tiles(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Enumerable.Range(0, TileId.LevelMax + 1).SelectMany(level => TilesOf(level, HashesAt(size, level)));
    }

    /// <summary>Every entry bundle of a tree, in order.</summary>
    /// <param name="size">Number of entries, from 0.</param>
    public static IEnumerable<BundleId> Bundles(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return TilesOf(0, size).Select(tile => new BundleId(tile.Index, tile.Width));
    }

    /// <summary>The partial tiles of a tree, at most one a level, from the entries up.</summary>
    /// <param name="size">Number of entries, from 0.</param>
    public static IEnumerable<TileId> PartialTiles(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Enumerable.Range(0, TileId.LevelMax + 1)
            .Select(level => (Level: level, Hashes: HashesAt(size, level)))
            .Where(edge => edge.Hashes % TileId.HashesMax != 0)
            .Select(edge => new TileId(
                edge.Level, edge.Hashes / TileId.HashesMax, (int)(edge.Hashes % TileId.HashesMax)));
    }

    /// <summary>The tile at a place, as wide as it is in a tree of a size.</summary>
    /// <param name="size">Number of entries.</param>
    /// <param name="level">Level, 0 to <see cref="TileId.LevelMax"/>.</param>
    /// <param name="index">Place in the level.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no tile there.</exception>
    public static TileId TileAt(long size, int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, TileId.LevelMax);
        var hashes = HashesAt(size, level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, TilesCount(hashes));
        return new TileId(level, index, (int)Math.Min(TileId.HashesMax, hashes - (index * TileId.HashesMax)));
    }

    /// <summary>The entry bundle at a place, as wide as it is in a tree of a size.</summary>
    /// <param name="size">Number of entries.</param>
    /// <param name="index">Place among the bundles.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no bundle there.</exception>
    public static BundleId BundleAt(long size, long index) => new(index, TileAt(size, 0, index).Width);

    /// <summary>Checks that a tile was found and has its size.</summary>
    /// <param name="id">Which tile.</param>
    /// <param name="hashes">What a source gave.</param>
    /// <returns>The hashes, or a refusal with <see cref="RefusalCode.TileMissing"/> or
    /// <see cref="RefusalCode.TileMalformed"/> whose field is the path.</returns>
    internal static Result<ReadOnlyMemory<byte>> Check(TileId id, ReadOnlyMemory<byte>? hashes) => hashes switch
    {
        null or { Length: 0 } => new Refusal(RefusalCode.TileMissing, $"The tile {id.Path} is missing.", id.Path),
        { Length: var length } when length != id.SizeBytes =>
            new Refusal(RefusalCode.TileMalformed, $"The tile {id.Path} must have {id.SizeBytes} bytes.", id.Path),
        { } found => found,
    };

    /// <summary>Number of hashes at a level: roots of complete subtrees of 256^level entries.</summary>
    internal static long HashesAt(long size, int level) => size >> (TileId.LevelHeight * level);

    private static long TilesCount(long hashes) =>
        (hashes / TileId.HashesMax) + (hashes % TileId.HashesMax > 0 ? 1 : 0);

    private static IEnumerable<TileId> TilesOf(int level, long hashes)
    {
        for (var index = 0L; index < hashes / TileId.HashesMax; index++)
        {
            yield return new TileId(level, index, TileId.HashesMax);
        }

        if (hashes % TileId.HashesMax > 0)
        {
            yield return new TileId(level, hashes / TileId.HashesMax, (int)(hashes % TileId.HashesMax));
        }
    }
}
