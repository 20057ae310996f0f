using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Proof that an entry stands at an index of a tree (RFC 6962, section 2.1.1): one hash a step, from the
/// entry to the root, at most <see cref="HashesMax"/>.</summary>
public static class InclusionProof
{
    /// <summary>Most hashes in a proof: a tree of fewer than 2^63 entries is at most 63 high.</summary>
    public const int HashesMax = 63;

    /// <summary>Builds a proof from tiles. Full tiles are read wherever the tree has them, so that they can be cached.
    /// </summary>
    /// <param name="source">Where the tiles are read; they are not checked here, so verify the proof.</param>
    /// <param name="index">The entry's index.</param>
    /// <param name="size">Number of entries of the tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hashes, or a refusal with <see cref="RefusalCode.TileMissing"/> or
    /// <see cref="RefusalCode.TileMalformed"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the size.</exception>
    public static ValueTask<Result<Digest[]>> BuildAsync(
        ITileSource source, long index, long size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return BuildFromAsync(new TreeNodes(source, size), index, size, cancellationToken);
    }

    /// <summary>Verifies a proof (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="index">The entry's index, any number.</param>
    /// <param name="size">Number of entries of the tree, any number.</param>
    /// <param name="leafHash"><see cref="LogHash.Leaf"/> of the entry.</param>
    /// <param name="proof">The hashes, any number of them.</param>
    /// <param name="root">Root of the tree.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.InclusionWrong"/>.</returns>
    public static Result<Done> Verify(
        long index, long size, Digest leafHash, IReadOnlyList<Digest> proof, Digest root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size)
        {
            return Wrong();
        }

        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return Wrong();
            }

            if ((node & 1) != 0 || node == last)
            {
                hash = LogHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = LogHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root ? Done.Instance : Wrong();
    }

    /// <summary>Builds a proof from nodes of the tree of that size.</summary>
    internal static ValueTask<Result<Digest[]>> BuildFromAsync(
        TreeNodes nodes, long index, long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return nodes.RootsOfAsync(ProofPath.OfEntry(index, size), cancellationToken);
    }

    private static Refusal Wrong() =>
        new(RefusalCode.InclusionWrong, "The proof does not show that the log holds the entry.");
}
