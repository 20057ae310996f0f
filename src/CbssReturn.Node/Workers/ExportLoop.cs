using CbssReturn.AuditLog;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Files;

namespace CbssReturn.Node.Workers;

/// <summary>Keeps the static form of the log up to the newest checkpoint. A disk that is slow or full holds up nothing
/// but the export itself.</summary>
internal sealed class ExportLoop(
    LogExport export,
    ITileSource tiles,
    LogIdentity identity,
    CosignLog cosign,
    NewestCheckpoint newest,
    TimeProvider time,
    ILogger log)
{
    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkerLoop.RunAsync(nameof(ExportLoop), WriteAsync, time, log, stopping);

    private async Task WriteAsync(CancellationToken ct)
    {
        var checkpoint = await newest.NextAsync(ct);
        var keys = cosign.Witnesses.Select(witness => witness.Key).Prepend(identity.Key);
        var written = await export.WriteAsync(tiles, checkpoint.Size, checkpoint.Note.ToBytes(), ct);
        if (!written.Then(_ => export.WriteKeys(keys)).TryGet(out _, out var refusal))
        {
            NodeLog.ExportFailed(log, refusal.Code);
        }
    }
}
