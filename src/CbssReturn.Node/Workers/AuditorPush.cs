using CbssReturn.AuditLog;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;

namespace CbssReturn.Node.Workers;

/// <summary>Hands this node's log over to an auditor: the checkpoint, then the entries that the auditor does not hold.
/// </summary>
internal sealed class AuditorPush(PusherSetting setting, ITileSource tiles, LogIdentity identity, AuditBoard board)
{
    private const int BundlesMax = 16;

    /// <summary>Pushes to one auditor.</summary>
    /// <param name="auditor">The auditor.</param>
    /// <param name="checkpoint">Up to where.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How many entries it holds, more than the checkpoint covers when this node was put back; or why not.
    /// </returns>
    public async Task<Result<long>> PushAsync(NodeId auditor, SignedCheckpoint checkpoint, CancellationToken ct)
    {
        var pushed = await TryPushAsync(auditor, checkpoint, ct);
        if (pushed.TryGet(out var held, out var refusal))
        {
            board.NoteAuditor(auditor, held);
            return held;
        }

        board.NoteAuditorFailed(auditor, refusal.Code);
        NodeLog.AuditorMissing(setting.Log, auditor, refusal.Code);
        return refusal;
    }

    private async Task<Result<long>> TryPushAsync(NodeId auditor, SignedCheckpoint checkpoint, CancellationToken ct)
    {
        if (!setting.Channels.Get(auditor).TryGet(out var channel, out var refusal))
        {
            return refusal;
        }

        var note = new PushCheckpointRequest
        {
            Checkpoint = UnsafeByteOperations.UnsafeWrap(checkpoint.Note.ToBytes()),
        };
        var taken = await channel.CallLogAsync(
            token => channel.Log.PushCheckpointAsync(note, cancellationToken: token), setting.PushMax, ct);
        if (!taken.TryGet(out var answer, out refusal))
        {
            return refusal;
        }

        var held = (long)Math.Min(answer.EntriesHeld, long.MaxValue);
        while (held < checkpoint.Size)
        {
            if (!(await PushEntriesAsync(channel, held, checkpoint.Size, ct)).TryGet(out var next, out refusal))
            {
                return refusal;
            }

            if (next <= held)
            {
                return new Refusal(RefusalCode.LogSizeDiffers, "The auditor does not take the next entries.");
            }

            held = next;
        }

        return held;
    }

    private async Task<Result<long>> PushEntriesAsync(
        PeerChannel channel, long held, long size, CancellationToken ct)
    {
        var request = new PushEntriesRequest { Origin = identity.Origin };
        var first = held / TileId.HashesMax;
        for (var index = first; index < first + BundlesMax && index * TileId.HashesMax < size; index++)
        {
            var id = TileLayout.BundleAt(size, index);
            if (await tiles.ReadBundleAsync(id, ct) is not { } bundle)
            {
                return new Refusal(RefusalCode.TileMissing, $"The store does not hold {id.Path}.", id.Path);
            }

            request.Bundles.Add(new Contracts.Audit.V1.File
            {
                Path = id.Path,
                Content = UnsafeByteOperations.UnsafeWrap(bundle),
            });
        }

        var taken = await channel.CallLogAsync(
            token => channel.Log.PushEntriesAsync(request, cancellationToken: token), setting.PushMax, ct);
        return taken.Then<long>(answer => (long)Math.Min(answer.EntriesHeld, long.MaxValue));
    }
}
