using System.Collections.Concurrent;
using CbssReturn.Node.Configuration;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>What each peer has used of this node. There is one entry for each peer that ever called, so at most as
/// many as the directory ever had nodes.</summary>
internal sealed class PeerLimits(LimitOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<NodeId, Usage> _usage = new();

    /// <summary>Memory for envelopes that are being received.</summary>
    public ReceiveMemory ReceiveMemory { get; } = new(options, time);

    /// <summary>Counts a stream in.</summary>
    /// <returns>False when the peer has as many as allowed; otherwise <see cref="CloseStream"/> follows.</returns>
    public bool TryOpenStream(NodeId peer)
    {
        var usage = Of(peer);
        if (Interlocked.Increment(ref usage.Streams) <= options.StreamsPerPeerMax)
        {
            return true;
        }

        Interlocked.Decrement(ref usage.Streams);
        return false;
    }

    /// <summary>Counts a stream out.</summary>
    public void CloseStream(NodeId peer) => Interlocked.Decrement(ref Of(peer).Streams);

    /// <summary>Counts an envelope.</summary>
    /// <param name="peer">Who sends it.</param>
    /// <param name="retryAfter">When it is one too many: when to come again.</param>
    public bool TryTakeEnvelope(NodeId peer, out TimeSpan retryAfter) => Of(peer).Envelopes.TryTake(out retryAfter);

    /// <summary>Counts a call that is not an envelope.</summary>
    /// <param name="peer">Who calls.</param>
    /// <param name="retryAfter">When it is one too many: when to come again.</param>
    public bool TryTakeCall(NodeId peer, out TimeSpan retryAfter) => Of(peer).Calls.TryTake(out retryAfter);

    private Usage Of(NodeId peer) => _usage.GetOrAdd(peer, _ => new Usage(
        new TokenBucket(options.EnvelopesPerSecondMax, time), new TokenBucket(options.CallsPerSecondMax, time)));

    private sealed class Usage(TokenBucket envelopes, TokenBucket calls)
    {
        // A field, because it is counted with Interlocked.
        public int Streams;

        public TokenBucket Envelopes { get; } = envelopes;

        public TokenBucket Calls { get; } = calls;
    }
}
