using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>What every call of another node passes before its endpoint does anything: who calls, whether the node takes
/// calls, and what the caller has used up (docs/spec/exchange.md, section 8).</summary>
internal sealed class PeerGate(PeerBoard board, PeerLimits limits, ILogger log, CancellationToken stopping)
{
    /// <summary>Lets a call in.</summary>
    /// <returns>Who calls.</returns>
    /// <exception cref="RpcException">The node stops, or the caller has called too often.</exception>
    public NodeId Enter(ServerCallContext context)
    {
        var peer = PeerIdentity.Of(context);
        if (stopping.IsCancellationRequested)
        {
            throw PeerCallStatus.NotReady();
        }

        if (!limits.TryTakeCall(peer, out var retryAfter))
        {
            throw PeerCallStatus.LimitReached(retryAfter);
        }

        board.NoteCalled(peer);
        return peer;
    }

    /// <summary>Uses the store; while it cannot work, the caller comes again.</summary>
    /// <exception cref="RpcException">The store cannot work now.</exception>
    public async Task<T> OverStoreAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (StoreException unavailable)
        {
            NodeLog.StoreUnavailable(log, unavailable.Refusal.Code);
            throw PeerCallStatus.NotReady();
        }
    }

    /// <summary>Asks a use case about an audit log. Why it refuses stays in this node's log.</summary>
    /// <exception cref="RpcException">It refuses, or the store cannot work now.</exception>
    public async Task<T> AskAsync<T>(NodeId peer, Func<Task<Result<T>>> ask)
        where T : notnull
    {
        var answer = await OverStoreAsync(ask);
        if (answer.TryGet(out var value, out var refusal))
        {
            return value;
        }

        NodeLog.LogCallRefused(log, peer, refusal.Code, refusal.LocalDetail ?? refusal.Field);
        throw PeerCallStatus.OfLog(refusal.Code);
    }
}
