using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Builds many proofs from one log and keeps the tiles that most of them need. Safe to share between threads.
/// </summary>
/// <remarks>With them kept, an inclusion proof reads one tile. A log of 10^7 entries has 152 full tiles above the
/// entries, 2.4 MiB as they are kept here.</remarks>
/// <param name="source">Where the tiles are read. They are not checked, and kept as they are: this is for a log of
/// one's own or a mirror that was audited.</param>
/// <param name="tilesMax">Most full tiles that are kept, at <see cref="TileSizeBytes"/> each.</param>
public sealed class ProofBuilder(ITileSource source, int tilesMax = 2048)
{
    /// <summary>What a full tile takes in memory with the nodes that follow from it, in bytes.</summary>
    public const int TileSizeBytes = 2 * TileId.SizeBytesMax;

    private readonly TileKeeper _keeper = new(tilesMax);

    /// <summary>Size of what is kept, in bytes, at most.</summary>
    public long SizeBytes => (long)_keeper.Count * TileSizeBytes;

    /// <summary>Builds a proof as <see cref="InclusionProof.BuildAsync"/> does.</summary>
    public ValueTask<Result<Digest[]>> BuildInclusionAsync(
        long index, long size, CancellationToken cancellationToken) =>
        InclusionProof.BuildFromAsync(new TreeNodes(source, size, _keeper), index, size, cancellationToken);

    /// <summary>Builds a proof as <see cref="ConsistencyProof.BuildAsync"/> does.</summary>
    public ValueTask<Result<Digest[]>> BuildConsistencyAsync(
        long oldSize, long newSize, CancellationToken cancellationToken) =>
        ConsistencyProof.BuildFromAsync(
            new TreeNodes(source, newSize, _keeper), oldSize, newSize, cancellationToken);
}
