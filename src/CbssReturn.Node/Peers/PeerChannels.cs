using System.Diagnostics.CodeAnalysis;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Peers;

/// <summary>The ways to all peers. A way is given up at once, with the streams on it, when the directory shuts its peer
/// out, moves it or pins another key, and when this node has a new certificate. Safe to use from every
/// thread.</summary>
internal sealed class PeerChannels : IDisposable
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<NodeId, (PeerChannel Channel, DirectoryNode Node)> _open = [];
    private readonly NodeId _self;
    private readonly CurrentDirectory _directory;
    private readonly OwnCertificate _own;
    private readonly CertificateJudge _judge;
    private readonly TimeSpan _connect;
    private readonly CheckpointHeader _checkpoint;
    private readonly TimeProvider _time;
    private bool _isDisposed;

    /// <summary>Starts without channels and watches the directory and the certificate.</summary>
    /// <param name="self">This node, which is never called.</param>
    /// <param name="directory">Who can be called, and where.</param>
    /// <param name="own">This node's certificate.</param>
    /// <param name="judge">Judges peers' certificates.</param>
    /// <param name="connect">Time for a connection.</param>
    /// <param name="checkpoint">What every call carries.</param>
    /// <param name="time">The clock.</param>
    public PeerChannels(
        NodeId self,
        CurrentDirectory directory,
        OwnCertificate own,
        CertificateJudge judge,
        TimeSpan connect,
        CheckpointHeader checkpoint,
        TimeProvider time)
    {
        (_self, _directory, _own, _judge) = (self, directory, own, judge);
        (_connect, _checkpoint, _time) = (connect, checkpoint, time);
        _directory.Changed += OnDirectoryChanged;
        _own.Changed += OnCertificateChanged;
    }

    /// <summary>Gives the way to a peer. It stays owned here and may be closed at any time.</summary>
    /// <returns>The channel, or a refusal with <see cref="RefusalCode.RecipientUnknown"/>,
    /// <see cref="RefusalCode.PeerSuspended"/>, <see cref="RefusalCode.DirectoryExpired"/> or
    /// <see cref="RefusalCode.PeerUnreachable"/> for a peer without an endpoint.</returns>
    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP005", Justification = "Owned by this class.")]
    public Result<PeerChannel> Get(NodeId peer)
    {
        if (peer == _self || !_directory.Now.TryFind(peer, out var node))
        {
            return new Refusal(RefusalCode.RecipientUnknown, "The other node is not in the directory.");
        }

        if (_directory.IsExpired)
        {
            return new Refusal(RefusalCode.DirectoryExpired, "The directory has ended.");
        }

        if (node.IsSuspended)
        {
            return new Refusal(RefusalCode.PeerSuspended, "The other node is suspended in the directory.");
        }

        if (node.Endpoint is null)
        {
            return new Refusal(RefusalCode.PeerUnreachable, "The other node takes no calls.");
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_open.TryGetValue(peer, out var open))
            {
                open = (new PeerChannel(
                    peer, node.Endpoint, _own.Context, _judge, _connect, _checkpoint, _time), node);
                _open.Add(peer, open);
            }

            return open.Channel;
        }
    }

    /// <summary>Gives up every way, with the streams on it.</summary>
    public void EndAll() => CloseAll(_ => true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _directory.Changed -= OnDirectoryChanged;
        _own.Changed -= OnCertificateChanged;
        lock (_lock)
        {
            _isDisposed = true;
        }

        CloseAll(_ => true);
    }

    private void OnDirectoryChanged(object? sender, EventArgs e)
    {
        var now = _directory.Now;
        CloseAll(node => !now.TryFind(node.Id, out var next)
            || next.IsSuspended
            || next.Endpoint != node.Endpoint
            || !node.Pins.All(next.Pins.Contains));
    }

    // The other side judges the certificate that a connection was made with, so a new one takes new connections.
    private void OnCertificateChanged(object? sender, EventArgs e) => CloseAll(_ => true);

    private void CloseAll(Predicate<DirectoryNode> isGone)
    {
        List<PeerChannel> gone = [];
        lock (_lock)
        {
            foreach (var (id, open) in _open.Where(pair => isGone(pair.Value.Node)).ToList())
            {
                _open.Remove(id);
                gone.Add(open.Channel);
            }
        }

        foreach (var channel in gone)
        {
            channel.Dispose();
        }
    }
}
