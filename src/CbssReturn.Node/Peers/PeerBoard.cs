using System.Collections.Concurrent;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>Remembers how the last contact with each peer went, for the status and for who waits to hear of a peer.
/// Kept in memory only.</summary>
internal sealed class PeerBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<NodeId, PeerContact> _contacts = new();

    /// <summary>Raised when a peer has called this node: it can be reached now, so what waits for it should go at once.
    /// Handlers must not block.</summary>
    public event EventHandler<NodeId>? Called;

    /// <summary>How the last contact went.</summary>
    public PeerContact Of(NodeId peer) => _contacts.GetValueOrDefault(peer, new PeerContact(null, null));

    /// <summary>Notes that a peer called.</summary>
    public void NoteCalled(NodeId peer)
    {
        NoteAnswered(peer);
        Called?.Invoke(this, peer);
    }

    /// <summary>Notes that a peer answered.</summary>
    public void NoteAnswered(NodeId peer) => _contacts[peer] = new PeerContact(time.GetUtcNow(), null);

    /// <summary>Notes that a peer could not be reached or refused.</summary>
    public void NoteFailed(NodeId peer, RefusalCode code) => _contacts.AddOrUpdate(
        peer, new PeerContact(null, code), (_, before) => before with { LastCode = code });
}
