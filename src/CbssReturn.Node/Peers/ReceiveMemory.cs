using System.Collections.Concurrent;
using CbssReturn.Node.Configuration;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>Memory for envelopes that are being received: a share for each peer, and behind the shares one window for
/// all. A peer can fill its share by announcing envelopes; what it waits for then is its own. Safe to use from every
/// thread.</summary>
internal sealed class ReceiveMemory(LimitOptions options, TimeProvider time)
{
    private const long Mebibyte = 1024 * 1024;

    // So many peers may fill their shares at once that the window is full; each waits so long and no longer.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<NodeId, ByteWindow> _shares = new();
    private readonly ByteWindow _all = new(int.MaxValue, options.ReceiveMemoryMib * Mebibyte);

    /// <summary>Number of envelopes of all peers inside.</summary>
    public int Count => _all.Count;

    /// <summary>Enters. Every entry is followed by one <see cref="Leave"/>.</summary>
    /// <param name="peer">Who sends the envelope.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="ct">Ends the wait; then nothing was entered.</param>
    /// <returns>False when there was no room behind the peer's share in time; then nothing was entered.</returns>
    public async Task<bool> TryEnterAsync(NodeId peer, int bytes, CancellationToken ct)
    {
        var share = ShareOf(peer);
        await share.EnterAsync(bytes, ct);
        if (_all.TryEnter(bytes))
        {
            return true;
        }

        var isIn = false;
        using var late = new CancellationTokenSource(WaitMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await _all.EnterAsync(bytes, either.Token);
            isIn = true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Too late.
        }
        finally
        {
            if (!isIn)
            {
                share.Leave(bytes);
            }
        }

        return isIn;
    }

    /// <summary>Leaves.</summary>
    /// <param name="peer">Who sent the envelope.</param>
    /// <param name="bytes">The size that was entered with.</param>
    public void Leave(NodeId peer, int bytes)
    {
        _all.Leave(bytes);
        ShareOf(peer).Leave(bytes);
    }

    private ByteWindow ShareOf(NodeId peer) => _shares.GetOrAdd(
        peer, _ => new ByteWindow(int.MaxValue, options.ReceiveMemoryPerPeerMib * Mebibyte));
}
