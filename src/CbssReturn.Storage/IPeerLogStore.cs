using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage;

/// <summary>What a node keeps of other nodes' audit logs: as a witness, as an auditor that holds a mirror, and as
/// anybody who is called.</summary>
/// <remarks>Exceptions and cancellation as in <see cref="IAuditStore"/>.</remarks>
public interface IPeerLogStore
{
    /// <summary>Reads what was cosigned last of a log; null for nothing.</summary>
    Task<WitnessedLog?> GetWitnessedAsync(string origin, CancellationToken ct);

    /// <summary>Replaces what was cosigned last of a log, if it still is what the decision was made for. To be called
    /// before the cosignature is given.</summary>
    /// <param name="expected">Size and root as they were read; null when there was nothing.</param>
    /// <param name="cosigned">What is cosigned now: not smaller, and of the same size only with the same root.</param>
    /// <param name="ct">Honoured until the request is accepted.</param>
    /// <returns>False when another one came first; then the caller reads again and decides anew.</returns>
    Task<bool> CompareAndStoreWitnessedAsync(
        (long Size, Digest Root)? expected, WitnessedLog cosigned, CancellationToken ct);

    /// <summary>Lists the logs that are mirrored here, by origin, at most <see cref="StoreLimits.ListMax"/>.</summary>
    Task<IReadOnlyList<MirroredLog>> ListMirroredAsync(CancellationToken ct);

    /// <summary>Reads how much is held of a log; null for nothing.</summary>
    Task<MirroredLog?> GetMirroredAsync(string origin, CancellationToken ct);

    /// <summary>A mirrored log as tiles and entry bundles; null for what is not held in that width.</summary>
    ITileSource MirroredTiles(string origin);

    /// <summary>Keeps what is new of a mirrored log. What is held only grows.</summary>
    /// <returns>False when nothing was kept: another step came first, the bytes differ from those that are held, or the
    /// checkpoint is smaller than the newest one or gives another root for its size.</returns>
    Task<bool> StoreMirroredAsync(MirrorUpdate update, CancellationToken ct);

    /// <summary>Reads the newest checkpoint of a mirrored log; null for none.</summary>
    Task<MirroredCheckpoint?> GetMirroredCheckpointAsync(string origin, CancellationToken ct);

    /// <summary>Lists checkpoints of a mirrored log, the smallest first.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="fromSize">Smallest size.</param>
    /// <param name="max">Most rows, 1 to <see cref="StoreLimits.ListMax"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<MirroredCheckpoint>> ListMirroredCheckpointsAsync(
        string origin, long fromSize, int max, CancellationToken ct);

    /// <summary>Keeps a checkpoint that came with a call, when it is the newest of its log or contradicts it.</summary>
    Task<SeenOutcome> StoreSeenAsync(SeenCheckpoint checkpoint, CancellationToken ct);

    /// <summary>Reads what was seen of a log: the newest checkpoint first, then the evidence in the order in which it
    /// was found; at most 1 + <see cref="StoreLimits.SeenEvidenceMax"/>.</summary>
    Task<IReadOnlyList<SeenCheckpoint>> GetSeenAsync(string origin, CancellationToken ct);
}
