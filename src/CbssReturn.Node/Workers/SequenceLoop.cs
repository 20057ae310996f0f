using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Audit;
using CbssReturn.Sealing;
using Google.Protobuf;

namespace CbssReturn.Node.Workers;

/// <summary>After a rollback, asks each peer how far it has packets of this node, until all have answered. A node that
/// was never put back asks nobody.</summary>
internal sealed class SequenceLoop(PusherSetting setting, CatchUpSequences catchUp)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) => WorkerLoop.RunAsync(
        nameof(SequenceLoop),
        async ct =>
        {
            await AskAsync(ct);
            await Task.Delay(LookEvery, setting.Time, ct);
        },
        setting.Time,
        setting.Log,
        stopping);

    /// <summary>Asks everybody who has still to be asked, once.</summary>
    public async Task AskAsync(CancellationToken ct)
    {
        foreach (var peer in await catchUp.PeersAsync(ct))
        {
            // Who has left the directory is not sent anything either.
            if (!setting.Directory.Now.TryFind(peer, out _) || await TryAskAsync(peer, ct))
            {
                await catchUp.DoneAsync(peer, ct);
            }
        }
    }

    private async Task<bool> TryAskAsync(NodeId peer, CancellationToken ct)
    {
        foreach (var part in (await catchUp.ConversationsAsync(peer, ct)).Chunk(CatchUpSequences.ConversationsMax))
        {
            if (!setting.Channels.Get(peer).TryGet(out var channel, out _)
                || !(await channel.GreetAsync(ct)).TryGet(out _, out _))
            {
                return false;
            }

            var request = new GetSequencesRequest
            {
                ConversationIds = { part.Select(id => UnsafeByteOperations.UnsafeWrap(id.ToArray())) },
            };
            var answered = await channel.CallAsync(
                (client, token) => client.GetSequencesAsync(request, cancellationToken: token), ct);
            if (!answered.TryGet(out var answer, out _) || answer.Highest.Count != part.Length)
            {
                return false;
            }

            var lost = await catchUp.TakeAsync(peer, part, answer.Highest, ct);
            if (lost > 0)
            {
                NodeLog.SequencesCaughtUp(setting.Log, peer, lost);
            }
        }

        return true;
    }
}
