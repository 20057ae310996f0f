using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Names one entry bundle: the entries whose hashes stand in the tile of level 0 with the same index and width
/// (c2sp.org/tlog-tiles).</summary>
/// <param name="Index">Place among the bundles, from 0.</param>
/// <param name="Width">Number of entries, 1 to <see cref="TileId.HashesMax"/>; fewer is a partial bundle, which only
/// the right edge of a tree has.</param>
public readonly record struct BundleId(long Index, int Width)
{
    private const string Prefix = "tile/entries/";

    /// <summary>The path under which a log serves the bundle: <c>tile/entries/N</c>, or <c>tile/entries/N.p/W</c> when
    /// it is partial.</summary>
    /// <exception cref="InvalidOperationException">No tree has such a bundle.</exception>
    public string Path => IsPossible
        ? Prefix + TilePath.Write(Index, Width)
        : throw new InvalidOperationException($"No tree has the entry bundle {Index}, {Width}.");

    /// <summary>The tile of level 0 that holds the hashes of these entries.</summary>
    public TileId Tile => new(0, Index, Width);

    /// <summary>Index of the first entry.</summary>
    public long FirstEntry => Index * TileId.HashesMax;

    private bool IsPossible =>
        Width is >= 1 and <= TileId.HashesMax
        && Index >= 0
        && ((Int128)Index * TileId.HashesMax) + Width <= long.MaxValue;

    /// <summary>Reads a path.</summary>
    /// <param name="path">Text of any length.</param>
    /// <returns>The bundle, or a refusal with <see cref="RefusalCode.TileMalformed"/> when this is not the one path of
    /// a bundle that a tree can have.</returns>
    public static Result<BundleId> ParsePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(Prefix, StringComparison.Ordinal)
            && TilePath.TryRead(path.AsSpan(Prefix.Length), out var index, out var width)
            && new BundleId(index, width) is { IsPossible: true } bundle
            ? bundle
            : new Refusal(RefusalCode.TileMalformed, "This is not the path of an entry bundle.");
    }
}
