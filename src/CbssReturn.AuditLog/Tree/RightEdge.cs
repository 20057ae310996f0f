using System.Numerics;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>The part of a tree that still changes: the partial tile of each level. Entries are appended here, and the
/// root is computed, without reading the rest of the tree.</summary>
/// <remarks>Holds at most 255 hashes a level, plus the full tiles since the last <see cref="TakeChanged"/>. Not safe to
/// share between threads. Whoever may have to take appends back works on a <see cref="Copy"/>.</remarks>
public sealed class RightEdge
{
    // A size below 2^63 has 63 bits, and each that is set stands for one complete subtree of 2^bit entries.
    private const int HeightsMax = 63;

    // The roots of the complete subtrees, by height; only those whose bit is set in the size mean anything.
    private readonly Digest[] _subtrees = new Digest[HeightsMax];
    private readonly EdgeTile[] _tiles = new EdgeTile[TileId.LevelMax + 1];
    private readonly List<Tile> _completed = [];

    private RightEdge(long size)
    {
        Size = size;
        for (var level = 0; level < _tiles.Length; level++)
        {
            _tiles[level] = new EdgeTile(level, TileLayout.HashesAt(size, level) / TileId.HashesMax);
        }
    }

    /// <summary>Number of entries in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>The edge of the tree without entries.</summary>
    public static RightEdge Empty() => new(0);

    /// <summary>Loads the edge of a stored tree.</summary>
    /// <param name="size">Number of entries, from 0.</param>
    /// <param name="readTile">Gives the hashes of a partial tile, or null when it is missing.</param>
    /// <returns>The edge, or a refusal with <see cref="RefusalCode.TileMissing"/> or
    /// <see cref="RefusalCode.TileMalformed"/>. Whether the tiles are the right ones, only <see cref="Root"/> tells.
    /// </returns>
    public static Result<RightEdge> Load(long size, Func<TileId, byte[]?> readTile)
    {
        ArgumentNullException.ThrowIfNull(readTile);
        var edge = new RightEdge(size);
        foreach (var id in TileLayout.PartialTiles(size))
        {
            if (edge.Fill(id, readTile(id)) is { } refusal)
            {
                return refusal;
            }
        }

        return edge;
    }

    /// <summary>Loads the edge of a stored tree from a source.</summary>
    /// <param name="source">Where the partial tiles are read.</param>
    /// <param name="size">Number of entries, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As <see cref="Load"/>.</returns>
    public static async ValueTask<Result<RightEdge>> LoadAsync(
        ITileSource source, long size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var edge = new RightEdge(size);
        foreach (var id in TileLayout.PartialTiles(size))
        {
            if (edge.Fill(id, await source.ReadTileAsync(id, cancellationToken)) is { } refusal)
            {
                return refusal;
            }
        }

        return edge;
    }

    /// <summary>Appends an entry.</summary>
    /// <param name="leafHash"><see cref="LogHash.Leaf"/> of the entry.</param>
    /// <exception cref="InvalidOperationException">The tree is full: it has 2^63 - 1 entries.</exception>
    public void Append(Digest leafHash)
    {
        if (Size == long.MaxValue)
        {
            throw new InvalidOperationException("The tree is full.");
        }

        Add(0, leafHash);
        var (hash, height) = (leafHash, 0);
        for (; (Size >> height & 1) != 0; height++)
        {
            hash = LogHash.Node(_subtrees[height], hash);
            if ((height + 1) % TileId.LevelHeight == 0)
            {
                Add((height + 1) / TileId.LevelHeight, hash);
            }
        }

        _subtrees[height] = hash;
        Size++;
    }

    /// <summary>The root of the tree (RFC 6962, section 2.1).</summary>
    public Digest Root()
    {
        if (Size == 0)
        {
            return LogHash.Empty;
        }

        var height = BitOperations.TrailingZeroCount(Size);
        var root = _subtrees[height];
        for (height++; height < HeightsMax; height++)
        {
            if ((Size >> height & 1) != 0)
            {
                root = LogHash.Node(_subtrees[height], root);
            }
        }

        return root;
    }

    /// <summary>Takes every tile that changed since this was last asked: the full ones in the order in which they
    /// filled, then the partial ones from the entries up.</summary>
    /// <returns>Tiles as they are at the present <see cref="Size"/>; empty when nothing was appended.</returns>
    public IReadOnlyList<Tile> TakeChanged() =>
        [.. TakeCompleted(), .. _tiles.Select(tile => tile.TakeChanged()).OfType<Tile>()];

    /// <summary>Makes a copy that goes its own way.</summary>
    public RightEdge Copy()
    {
        var copy = new RightEdge(Size);
        _subtrees.CopyTo(copy._subtrees, 0);
        copy._completed.AddRange(_completed);
        for (var level = 0; level < _tiles.Length; level++)
        {
            copy._tiles[level] = _tiles[level].Copy();
        }

        return copy;
    }

    /// <summary>The hashes of the entries in the partial tile of level 0, until the next append.</summary>
    internal ReadOnlySpan<byte> PartialHashes => _tiles[0].Hashes;

    /// <summary>Takes the tiles that were filled since this or <see cref="TakeChanged"/> was last asked.</summary>
    internal IReadOnlyList<Tile> TakeCompleted()
    {
        List<Tile> completed = [.. _completed];
        _completed.Clear();
        return completed;
    }

    private void Add(int level, Digest hash)
    {
        if (_tiles[level].Add(hash) is { } full)
        {
            _completed.Add(full);
        }
    }

    private Refusal? Fill(TileId id, ReadOnlyMemory<byte>? stored)
    {
        if (!TileLayout.Check(id, stored).TryGet(out var hashes, out var refusal))
        {
            return refusal;
        }

        _tiles[id.Level].Load(hashes.Span);
        for (var count = 0; count < id.Width; count++)
        {
            var hash = Digest.FromBytes(hashes.Span.Slice(count * Digest.SizeBytes, Digest.SizeBytes));
            var height = 0;
            for (; (count >> height & 1) != 0; height++)
            {
                hash = LogHash.Node(_subtrees[(TileId.LevelHeight * id.Level) + height], hash);
            }

            _subtrees[(TileId.LevelHeight * id.Level) + height] = hash;
        }

        return null;
    }
}
