using System.Collections.Concurrent;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Microsoft.AspNetCore.Connections;

namespace CbssReturn.Node.Tls;

/// <summary>Knows every live connection of every peer and ends those of peers that a new directory shuts out, because
/// an open stream would otherwise outlive the revocation. Safe to use from every thread.</summary>
internal sealed class PeerConnections : IDisposable
{
    private readonly ConcurrentDictionary<PeerConnection, bool> _live = new();
    private readonly ConcurrentDictionary<NodeId, int> _counts = new();
    private readonly CurrentDirectory _directory;
    private readonly ILogger _log;
    private readonly int _perPeerMax;

    /// <summary>Starts without connections and watches the directory.</summary>
    public PeerConnections(CurrentDirectory directory, int perPeerMax, ILogger log)
    {
        (_directory, _perPeerMax, _log) = (directory, perPeerMax, log);
        _directory.Changed += OnDirectoryChanged;
    }

    /// <summary>Number of live connections.</summary>
    public int Count => _live.Count;

    /// <summary>Takes a connection in, unless its peer has as many as allowed.</summary>
    /// <returns>False when it must be closed.</returns>
    public bool TryAdd(PeerConnection connection)
    {
        if (_counts.AddOrUpdate(connection.Peer, 1, (_, count) => count + 1) > _perPeerMax)
        {
            Release(connection.Peer);
            NodeLog.PeerRefused(_log, RefusalCode.LimitReached);
            return false;
        }

        _live[connection] = true;

        // The directory may have changed between the verdict and this line; then the event has missed this connection.
        if (!IsAllowed(connection, _directory.Now))
        {
            Abort(connection);
        }

        return true;
    }

    /// <summary>Ends every connection.</summary>
    public void EndAll()
    {
        foreach (var connection in _live.Keys)
        {
            Abort(connection);
        }
    }

    /// <summary>Forgets a connection that has ended.</summary>
    public void Remove(PeerConnection connection)
    {
        if (_live.TryRemove(connection, out _))
        {
            Release(connection.Peer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Changed -= OnDirectoryChanged;

    private static bool IsAllowed(PeerConnection connection, NodeDirectory directory) =>
        directory.TryFindByPin(connection.Pin, out var node) && node.Id == connection.Peer && !node.IsSuspended;

    private void Release(NodeId peer) => _counts.AddOrUpdate(peer, 0, (_, count) => count - 1);

    private void OnDirectoryChanged(object? sender, EventArgs e)
    {
        var now = _directory.Now;
        foreach (var connection in _live.Keys.Where(connection => !IsAllowed(connection, now)))
        {
            Abort(connection);
        }
    }

    private void Abort(PeerConnection connection)
    {
        NodeLog.ConnectionAborted(_log, connection.Peer);
        connection.Connection.Abort(new ConnectionAbortedException("The directory no longer allows this connection."));
    }
}
