using System.Collections.Concurrent;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Keeps this node's envelope keys made 42 days ahead, and fetches those of its peers before anybody needs
/// them; tells them once that it is back.</summary>
internal sealed class EpochKeyWorker : IDisposable
{
    private const int FetchesAtATime = 4;

    // Keys are made weeks ahead, so the hour of the look does not matter.
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NodeId, (int Failures, DateTimeOffset NextAt)> _failed = new();
    private readonly NodeId _self;
    private readonly EpochKeyPorts _ports;
    private readonly CurrentDirectory _directory;
    private readonly PeerChannels _channels;
    private readonly PeerBoard _board;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OutboxSignal _look;
    private volatile bool _isDirectoryNew = true;

    // Owned by the one look at a time: when the whole directory was looked at; null while that is not done. Not a
    // moment of the wall clock, which may jump ahead and back.
    private long? _wholeLookAt;

    /// <summary>Makes the worker; <see cref="RunAsync"/> starts it.</summary>
    public EpochKeyWorker(
        NodeId self,
        EpochKeyPorts ports,
        CurrentDirectory directory,
        PeerChannels channels,
        PeerBoard board,
        TimeProvider time,
        ILogger log)
    {
        (_self, _ports, _directory, _channels) = (self, ports, directory, channels);
        (_board, _time, _log) = (board, time, log);
        _look = new OutboxSignal(time);
        _board.Called += OnCalled;
        _directory.Changed += OnDirectoryChanged;
    }

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        GreetAsync(stopping), WorkerLoop.RunAsync(nameof(EpochKeyWorker), LookAsync, _time, _log, stopping));

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Called -= OnCalled;
        _directory.Changed -= OnDirectoryChanged;
        _look.Dispose();
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        var isWhole = _isDirectoryNew || _wholeLookAt is not { } before || _time.GetElapsedTime(before) >= LookEvery;
        if (isWhole)
        {
            // It stays due until it is done, whatever fails on the way.
            (_isDirectoryNew, _wholeLookAt) = (false, null);
            await _ports.Ensure(stopping);
        }

        await Parallel.ForEachAsync(
            isWhole ? PeersToAsk(now) : PeersToAskAgain(now),
            new ParallelOptions { MaxDegreeOfParallelism = FetchesAtATime, CancellationToken = stopping },
            async (peer, ct) => await AskAsync(peer, ct));
        if (isWhole)
        {
            _wholeLookAt = _time.GetTimestamp();
        }

        await _look.WaitAsync(NextLook(), stopping);
    }

    // Who is back says so once, and what waits for it elsewhere comes now instead of at the end of somebody's back-off.
    // Whoever is not there to hear it says the same when it is back itself.
    private async Task GreetAsync(CancellationToken stopping)
    {
        try
        {
            await Parallel.ForEachAsync(
                PeersToAsk(_time.GetUtcNow()),
                new ParallelOptions { MaxDegreeOfParallelism = FetchesAtATime, CancellationToken = stopping },
                async (peer, ct) =>
                {
                    if (_channels.Get(peer).TryGet(out var channel, out _))
                    {
                        await channel.GreetAsync(ct);
                    }
                });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops before it has greeted everybody.
        }
    }

    private List<NodeId> PeersToAsk(DateTimeOffset now) =>
    [
        .. _directory.Now.Nodes
            .Where(node => node.Id != _self && !node.IsSuspended && node.Endpoint is not null)
            .Where(node => !_failed.TryGetValue(node.Id, out var failed) || failed.NextAt <= now)
            .Select(node => node.Id),
    ];

    private List<NodeId> PeersToAskAgain(DateTimeOffset now) =>
        [.. _failed.Where(failed => failed.Value.NextAt <= now).Select(failed => failed.Key)];

    private TimeSpan NextLook()
    {
        var now = _time.GetUtcNow();
        var whole = LookEvery - (_wholeLookAt is { } before ? _time.GetElapsedTime(before) : LookEvery);
        var next = _failed.Values.Select(failed => failed.NextAt - now).Append(whole).Min();
        return next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1);
    }

    private async Task AskAsync(NodeId peer, CancellationToken ct)
    {
        if (!await _ports.NeedsKeysOf(peer, ct))
        {
            _failed.TryRemove(peer, out _);
            return;
        }

        var learned = await FetchAsync(peer, ct);
        if (learned.TryGet(out var count, out var refusal))
        {
            _failed.TryRemove(peer, out _);
            _board.NoteAnswered(peer);
            NodeLog.EpochKeysLearned(_log, peer, count);
            _ports.Queued.Set();
            return;
        }

        var failures = _failed.TryGetValue(peer, out var before) ? before.Failures + 1 : 0;
        _failed[peer] = (failures, _time.GetUtcNow() + BackOff.Draw(failures));
        _board.NoteFailed(peer, refusal.Code);
        NodeLog.EpochKeysMissing(_log, peer, refusal.Code);
    }

    private async Task<Result<int>> FetchAsync(NodeId peer, CancellationToken ct)
    {
        if (!_channels.Get(peer).TryGet(out var channel, out var refusal))
        {
            return refusal;
        }

        if (!(await channel.GreetAsync(ct)).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var answered = await channel.CallAsync(
            (client, deadline) => client.GetEpochKeysAsync(new GetEpochKeysRequest(), cancellationToken: deadline), ct);
        if (!answered.TryGet(out var response, out refusal))
        {
            return refusal;
        }

        IReadOnlyList<SignedKey> keys =
            [.. response.Keys.Select(key => new SignedKey(key.Record.Memory, key.Signature.Memory))];
        return (await _ports.Learn(peer, keys, ct)).Then<int>(_ => keys.Count);
    }

    // A peer that calls is up, so what it did not give before it gives now.
    private void OnCalled(object? sender, NodeId peer)
    {
        if (_failed.TryGetValue(peer, out var failed) && _failed.TryUpdate(peer, (0, default), failed))
        {
            _look.Set();
        }
    }

    private void OnDirectoryChanged(object? sender, EventArgs e)
    {
        _failed.Clear();
        _isDirectoryNew = true;
        _look.Set();
    }
}
