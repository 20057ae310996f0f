using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>A tile with the nodes that follow from its hashes: the roots of all complete subtrees in it.</summary>
internal sealed class TileNodes
{
    // By height in the tile: the hashes themselves, then each time half as many. At most 511 hashes.
    private readonly Digest[][] _rows;

    /// <summary>Computes the nodes.</summary>
    /// <param name="hashes">The hashes of a tile, 1 to 256, one after the other.</param>
    public TileNodes(ReadOnlySpan<byte> hashes)
    {
        var row = new Digest[hashes.Length / Digest.SizeBytes];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Digest.FromBytes(hashes.Slice(i * Digest.SizeBytes, Digest.SizeBytes));
        }

        List<Digest[]> rows = [row];
        for (; row.Length > 1; rows.Add(row))
        {
            var above = new Digest[row.Length / 2];
            for (var i = 0; i < above.Length; i++)
            {
                above[i] = LogHash.Node(row[2 * i], row[(2 * i) + 1]);
            }

            row = above;
        }

        _rows = [.. rows];
    }

    /// <summary>The root of the subtree of 2^height hashes at a place among its like.</summary>
    public Digest At(int height, int place) => _rows[height][place];
}
