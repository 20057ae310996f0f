using System.Collections.Concurrent;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>Remembers how the last contact with each peer went, for the status and for who waits to hear of a peer.
/// Kept in memory only.</summary>
internal sealed class PeerBoard(TimeProvider time)
{
    // A peer decides when it calls, but not how often this node drops its back-off for that.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<NodeId, PeerContact> _contacts = new();
    private readonly Lock _lock = new();

    // Guarded by _lock: when it was told last, and whether the peer has called since.
    private readonly Dictionary<NodeId, (long At, bool IsOwed)> _told = [];

    /// <summary>Raised when a peer has called this node: it can be reached now, so what waits for it should go at once.
    /// Further calls in the next five seconds raise it once, at the end of that time. Handlers must not block.
    /// </summary>
    public event EventHandler<NodeId>? Called;

    /// <summary>How the last contact went.</summary>
    public PeerContact Of(NodeId peer) => _contacts.GetValueOrDefault(peer, new PeerContact(null, null));

    /// <summary>Notes that a peer called.</summary>
    public void NoteCalled(NodeId peer)
    {
        NoteAnswered(peer);
        if (IsToBeTold(peer))
        {
            Called?.Invoke(this, peer);
        }
    }

    /// <summary>Notes that a peer answered.</summary>
    public void NoteAnswered(NodeId peer) => _contacts[peer] = new PeerContact(time.GetUtcNow(), null);

    /// <summary>Notes that a peer could not be reached or refused.</summary>
    public void NoteFailed(NodeId peer, RefusalCode code) => _contacts.AddOrUpdate(
        peer, new PeerContact(null, code), (_, before) => before with { LastCode = code });

    /// <summary>Raises <see cref="Called"/> for calls that came too soon after another, when it is time. The outbox
    /// asks for it at every look: a peer that was back for a moment, and is back again, waits no longer.</summary>
    public void TellOwed()
    {
        List<NodeId> peers;
        lock (_lock)
        {
            peers = [.. _told.Where(told => told.Value.IsOwed && IsOver(told.Value.At)).Select(told => told.Key)];
            peers.ForEach(peer => _told[peer] = (time.GetTimestamp(), false));
        }

        peers.ForEach(peer => Called?.Invoke(this, peer));
    }

    private bool IsToBeTold(NodeId peer)
    {
        lock (_lock)
        {
            if (_told.TryGetValue(peer, out var told) && !IsOver(told.At))
            {
                _told[peer] = told with { IsOwed = true };
                return false;
            }

            _told[peer] = (time.GetTimestamp(), false);
            return true;
        }
    }

    private bool IsOver(long toldAt) => time.GetElapsedTime(toldAt) >= TellEvery;
}
