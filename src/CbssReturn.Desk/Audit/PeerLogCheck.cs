using CbssReturn.AuditLog;

namespace CbssReturn.Desk.Audit;

/// <summary>Holds a checkpoint of another node's log against everything that is kept of that log here.</summary>
internal static class PeerLogCheck
{
    /// <summary>Says whether a checkpoint that the log has signed contradicts another one that it has signed, or the
    /// entries that it has handed over.</summary>
    public static async Task<bool> ContradictsAsync(this NodeContext node, Checkpoint shown, CancellationToken ct)
    {
        var witnessed = await node.Audit.GetWitnessedAsync(shown.Origin, ct);
        if (witnessed is not null && witnessed.Size == shown.Size && witnessed.Root != shown.Root)
        {
            return true;
        }

        var mirrored = await node.Audit.GetMirroredAsync(shown.Origin, ct);
        if (mirrored is null)
        {
            return false;
        }

        if (shown.Size <= mirrored.Size)
        {
            var edge = await RightEdge.LoadAsync(node.Audit.MirroredTiles(shown.Origin), shown.Size, ct);
            return edge.Value.Root() != shown.Root;  // the store holds every tile of what it mirrors
        }

        var same = await node.Audit.ListMirroredCheckpointsAsync(shown.Origin, shown.Size, 1, ct);
        return same is [var one] && one.Size == shown.Size && one.Root != shown.Root;
    }
}
