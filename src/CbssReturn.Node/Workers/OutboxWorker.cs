using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Peers;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Looks for peers that have packets due and lets a sender for each carry them, so that a peer that is down
/// or slow holds up nobody else.</summary>
internal sealed class OutboxWorker : IDisposable
{
    private readonly ConcurrentDictionary<NodeId, Lazy<Sending>> _senders = new();
    private readonly OutboxPorts _ports;
    private readonly PeerChannels _channels;
    private readonly PeerBoard _board;
    private readonly CurrentDirectory _directory;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();

    /// <summary>Makes the worker; <see cref="RunAsync"/> starts it.</summary>
    public OutboxWorker(
        OutboxPorts ports,
        PeerChannels channels,
        PeerBoard board,
        CurrentDirectory directory,
        DeliveryOptions options,
        TimeProvider time,
        ILogger log)
    {
        (_ports, _channels, _board, _directory) = (ports, channels, board, directory);
        (_options, _time, _log) = (options, time, log);
        _board.Called += OnCalled;
        _directory.Changed += OnDirectoryChanged;
    }

    /// <summary>Runs until the node stops; then waits for answers that are on their way, but not longer than
    /// configured.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "A host has no synchronization context to deadlock on.")]
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var registration = stopping.UnsafeRegister(_ => Stop(), null);
        await WorkerLoop.RunAsync(nameof(OutboxWorker), LookAsync, _time, _log, stopping);
        await Task.WhenAll(_senders.Values.Select(sending => sending.Value.Running));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Called -= OnCalled;
        _directory.Changed -= OnDirectoryChanged;
        foreach (var sending in _senders.Values)
        {
            sending.Value.Sender.Dispose();
        }

        _stopping.Dispose();
        _abandon.Dispose();
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        _board.TellOwed();
        foreach (var peer in await _ports.PeersDue(stopping))
        {
            SenderOf(peer).Wake();
        }

        await _ports.Queued.WaitAsync(TimeSpan.FromMilliseconds(_options.PollMs), stopping);
    }

    private void Stop()
    {
        _stopping.Cancel();
        _abandon.CancelAfter(_options.DrainMs);
    }

    private void OnCalled(object? sender, NodeId peer) => SenderOf(peer).Hurry();

    private void OnDirectoryChanged(object? sender, EventArgs e)
    {
        foreach (var sending in _senders.Values)
        {
            sending.Value.Sender.Hurry();
        }
    }

    private PeerSender SenderOf(NodeId peer) =>
        _senders.GetOrAdd(peer, id => new Lazy<Sending>(() => Start(id))).Value.Sender;

    [SuppressMessage("IDisposableAnalyzers.Correctness", "IDISP001", Justification = "Disposed with this worker.")]
    private Sending Start(NodeId peer)
    {
        var sender = new PeerSender(peer, _ports, _channels, _board, _directory, _options, _time, _log);
        return new Sending(sender, Task.Run(() => sender.RunAsync(_stopping.Token, _abandon.Token)));
    }

    private sealed record Sending(PeerSender Sender, Task Running);
}
