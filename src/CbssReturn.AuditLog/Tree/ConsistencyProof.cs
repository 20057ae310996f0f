using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Proof that one tree is the start of another, so that nothing was changed or removed in between (RFC 6962,
/// section 2.1.2).</summary>
public static class ConsistencyProof
{
    /// <summary>Most hashes in a proof that c2sp.org/tlog-witness lets travel.</summary>
    public const int HashesMax = 63;

    /// <summary>Builds a proof from tiles. Full tiles are read wherever the tree has them, so that they can be cached.
    /// </summary>
    /// <param name="source">Where the tiles are read; they are not checked here, so verify the proof.</param>
    /// <param name="oldSize">Number of entries of the older tree.</param>
    /// <param name="newSize">Number of entries of the newer tree, at least as many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hashes, none when the old tree is empty or the sizes are equal; or a refusal with
    /// <see cref="RefusalCode.TileMissing"/> or <see cref="RefusalCode.TileMalformed"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the new one is smaller.</exception>
    public static ValueTask<Result<Digest[]>> BuildAsync(
        ITileSource source, long oldSize, long newSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return BuildFromAsync(new TreeNodes(source, newSize), oldSize, newSize, cancellationToken);
    }

    /// <summary>Verifies a proof (RFC 9162, section 2.1.4.2). From the empty tree, and between equal sizes, it is
    /// empty.</summary>
    /// <param name="oldSize">Number of entries of the older tree, any number.</param>
    /// <param name="newSize">Number of entries of the newer tree, any number.</param>
    /// <param name="oldRoot">Root of the older tree.</param>
    /// <param name="newRoot">Root of the newer tree.</param>
    /// <param name="proof">The hashes, any number of them.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.ConsistencyWrong"/>.</returns>
    public static Result<Done> Verify(
        long oldSize, long newSize, Digest oldRoot, Digest newRoot, IReadOnlyList<Digest> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var isRight = oldSize >= 0
            && oldSize <= newSize
            && (oldSize > 0 || oldRoot == LogHash.Empty)
            && (oldSize == 0 || oldSize == newSize
                ? proof.Count == 0 && (oldSize < newSize || oldRoot == newRoot)
                : Joins(oldSize, newSize, oldRoot, newRoot, proof));
        return isRight
            ? Done.Instance
            : new Refusal(RefusalCode.ConsistencyWrong, "The proof does not join the two trees.");
    }

    /// <summary>Builds a proof from nodes of the newer tree.</summary>
    internal static ValueTask<Result<Digest[]>> BuildFromAsync(
        TreeNodes nodes, long oldSize, long newSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        return nodes.RootsOfAsync(
            oldSize == 0 || oldSize == newSize ? [] : ProofPath.OfTree(oldSize, newSize), cancellationToken);
    }

    private static bool Joins(
        long oldSize, long newSize, Digest oldRoot, Digest newRoot, IReadOnlyList<Digest> proof)
    {
        // An old tree that is one complete subtree is a part of the proof itself, and is not sent.
        var isComplete = (oldSize & (oldSize - 1)) == 0;
        if (proof.Count == 0)
        {
            return false;
        }

        var (node, last) = (oldSize - 1, newSize - 1);
        while ((node & 1) != 0)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var oldHash = isComplete ? oldRoot : proof[0];
        var newHash = oldHash;
        foreach (var hash in isComplete ? proof : proof.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) != 0 || node == last)
            {
                (oldHash, newHash) = (LogHash.Node(hash, oldHash), LogHash.Node(hash, newHash));
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                newHash = LogHash.Node(newHash, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldHash == oldRoot && newHash == newRoot;
    }
}
