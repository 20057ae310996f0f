using CbssReturn.AuditLog;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds a checkpoint of another node's log against everything that is kept of that log here.</summary>
internal static class PeerLogCheck
{
    /// <summary>Finds what a checkpoint contradicts: another one that the log has signed, or the entries that it has
    /// handed over.</summary>
    /// <returns>The checkpoint of the log that does not go together with this one; null when none is known.</returns>
    public static async Task<SeenCheckpoint?> FindContradictedAsync(
        this NodeContext node, Checkpoint shown, CancellationToken ct)
    {
        var witnessed = await node.Audit.GetWitnessedAsync(shown.Origin, ct);
        if (witnessed is not null && witnessed.Size == shown.Size && witnessed.Root != shown.Root)
        {
            return new SeenCheckpoint(shown.Origin, witnessed.Size, witnessed.Root, witnessed.Note, IsEvidence: true);
        }

        var mirrored = await node.Audit.GetMirroredAsync(shown.Origin, ct);
        if (mirrored is null
            || await node.Audit.ListMirroredCheckpointsAsync(shown.Origin, shown.Size, 1, ct) is not [var kept])
        {
            return null;
        }

        // The smallest that is not smaller: of the same size, or one whose entries are held and hold these.
        var root = kept.Size == shown.Size
            ? kept.Root
            : shown.Size <= mirrored.Size
                ? (await RightEdge.LoadAsync(node.Audit.MirroredTiles(shown.Origin), shown.Size, ct)).Value.Root()
                : shown.Root;
        return root == shown.Root
            ? null
            : new SeenCheckpoint(shown.Origin, kept.Size, kept.Root, kept.Note, IsEvidence: true);
    }

    /// <summary>Keeps two checkpoints that do not go together, for good.</summary>
    /// <param name="node">This node.</param>
    /// <param name="shown">What was shown.</param>
    /// <param name="note">Its note.</param>
    /// <param name="contradicted">What was kept before; null when it is kept anyway.</param>
    /// <param name="ct">Honoured until the store has accepted them.</param>
    public static async Task KeepContradictionAsync(
        this NodeContext node,
        Checkpoint shown,
        ReadOnlyMemory<byte> note,
        SeenCheckpoint? contradicted,
        CancellationToken ct)
    {
        if (contradicted is not null)
        {
            await node.Audit.StoreSeenAsync(contradicted, ct);
        }

        await node.Audit.StoreSeenAsync(
            new SeenCheckpoint(shown.Origin, shown.Size, shown.Root, note, IsEvidence: true), ct);
    }
}
