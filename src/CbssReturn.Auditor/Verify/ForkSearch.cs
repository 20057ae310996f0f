using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Verify;

/// <summary>Asks of two signed checkpoints of one log whether the larger continues the smaller, with the tiles of the
/// larger tree at hand.</summary>
internal static class ForkSearch
{
    /// <summary>Compares two checkpoints.</summary>
    /// <param name="tiles">Tiles of the larger tree; they are not believed.</param>
    /// <param name="one">A checkpoint.</param>
    /// <param name="other">Another one of the same log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, and with <see cref="ForkAnswer.Forked"/> the alarm, whose evidence stands alone.</returns>
    public static async ValueTask<(ForkAnswer Answer, AuditAlarm? Alarm)> CompareAsync(
        ITileSource tiles, VerifiedCheckpoint one, VerifiedCheckpoint other, CancellationToken cancellationToken)
    {
        var (older, newer) = one.Checkpoint.Size <= other.Checkpoint.Size ? (one, other) : (other, one);
        var (oldSize, newSize) = (older.Checkpoint.Size, newer.Checkpoint.Size);
        if (oldSize == newSize)
        {
            var alarm = SplitView.Find(older, newer);
            return (alarm is null ? ForkAnswer.Continued : ForkAnswer.Forked, alarm);
        }

        if (oldSize == 0)
        {
            return (ForkAnswer.Continued, null);
        }

        if (!(await RightEdge.LoadAsync(tiles, oldSize, cancellationToken)).TryGet(out var edge, out _)
            || !(await ConsistencyProof.BuildAsync(tiles, oldSize, newSize, cancellationToken))
                .TryGet(out var proof, out _))
        {
            return (ForkAnswer.Unproven, null);
        }

        var prefixRoot = edge.Root();
        if (prefixRoot == older.Checkpoint.Root)
        {
            var joined = ConsistencyProof.Verify(oldSize, newSize, prefixRoot, newer.Checkpoint.Root, proof);
            return (joined.IsOk ? ForkAnswer.Continued : ForkAnswer.Unproven, null);
        }

        return SplitView.FindByPrefix(older, newer, prefixRoot, proof) is { } found
            ? (ForkAnswer.Forked, found)
            : (ForkAnswer.Unproven, null);
    }

    /// <summary>Finds the first entry in which two trees differ, by their tiles of level 0.</summary>
    /// <param name="one">Tiles of one tree.</param>
    /// <param name="other">Tiles of the other.</param>
    /// <param name="size">Number of entries to compare, which both have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The index, or null when no difference is found.</returns>
    public static async ValueTask<long?> FirstDifferenceAsync(
        ITileSource one, ITileSource other, long size, CancellationToken cancellationToken)
    {
        for (var index = 0L; index * TileId.HashesMax < size; index++)
        {
            var id = TileLayout.TileAt(size, 0, index);
            if (await one.ReadTileAsync(id, cancellationToken) is not { } mine
                || await other.ReadTileAsync(id, cancellationToken) is not { } theirs)
            {
                return null;
            }

            var common = mine.Span.CommonPrefixLength(theirs.Span);
            if (common < id.SizeBytes)
            {
                return id.FirstEntry + (common / Digest.SizeBytes);
            }
        }

        return null;
    }
}
