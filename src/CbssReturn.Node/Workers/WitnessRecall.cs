using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>Asks once after a start what others hold of the logs that this witness has cosigned: a witness that was
/// restored from an old copy would cosign a second root for a size. Until then it cosigns nothing. Who does not answer
/// is not waited for: checkpoints with this witness's cosignature come with later calls as well, and are looked at
/// then.</summary>
internal sealed class WitnessRecall(PusherSetting setting, WitnessLogs witness)
{
    private const int CallsAtATime = 8;

    /// <summary>Runs to its end once.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await AskAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (StoreException unavailable)
        {
            NodeLog.StoreUnavailable(setting.Log, unavailable.Refusal.Code);
        }
        finally
        {
            witness.IsAsking = false;
        }
    }

    private async Task AskAsync(CancellationToken ct)
    {
        var directory = setting.Directory.Now;
        var origins = directory.Nodes.Where(node => node.Log is not null).Select(node => node.Log!.Origin).ToList();
        var holders = directory.Nodes
            .Where(node => node.Id != setting.Self && !node.IsSuspended && node.Endpoint is not null)
            .Select(node => node.Id);
        await Parallel.ForEachAsync(
            holders,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = ct },
            async (holder, token) =>
            {
                foreach (var origin in origins)
                {
                    if (!await AskAsync(holder, origin, token))
                    {
                        return;
                    }
                }
            });
    }

    /// <returns>Whether the holder answers at all.</returns>
    private async Task<bool> AskAsync(NodeId holder, string origin, CancellationToken ct)
    {
        if (!setting.Channels.Get(holder).TryGet(out var channel, out _))
        {
            return false;
        }

        var request = new GetCheckpointRequest { Origin = origin };
        var answered = await channel.CallLogAsync(
            token => channel.Log.GetCheckpointAsync(request, cancellationToken: token), setting.PushMax, ct);
        if (!answered.TryGet(out var answer, out var refusal))
        {
            return refusal.Code == RefusalCode.LogUnknown;
        }

        if (await witness.LearnAsync(answer.Checkpoint.Memory, ct))
        {
            NodeLog.WitnessRemembers(setting.Log, holder);
        }

        return true;
    }
}
