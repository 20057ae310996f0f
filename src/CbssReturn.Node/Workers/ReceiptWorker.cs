using System.Collections.Concurrent;
using System.Security.Cryptography;
using CbssReturn.Desk.Outbox;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Peers;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Workers;

/// <summary>Asks peers for the final receipts of packets that they have answered for: an interval after the answer,
/// when a checkpoint of theirs covers it, and then less and less often until they have given them all
/// (docs/spec/exchange.md, section 9).</summary>
internal sealed class ReceiptWorker : IDisposable
{
    private const int PeersAtATime = 4;

    // Whoever owes nothing more is found by the settling of the next packet; this is for what was missed.
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NodeId, Turn> _turns = new();
    private readonly ReceiptPorts _ports;
    private readonly ReceiptCall _call;
    private readonly PeerBoard _board;
    private readonly CurrentDirectory _directory;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OutboxSignal _look;

    /// <summary>Makes the worker; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="ports">The use cases.</param>
    /// <param name="channels">The ways to peers.</param>
    /// <param name="board">Told how calls went, and tells who calls.</param>
    /// <param name="directory">Who can be asked.</param>
    /// <param name="interval">Between two checkpoints of a log; peers are taken to have the same.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public ReceiptWorker(
        ReceiptPorts ports,
        PeerChannels channels,
        PeerBoard board,
        CurrentDirectory directory,
        TimeSpan interval,
        TimeProvider time,
        ILogger log)
    {
        (_ports, _board, _directory, _interval, _time, _log) = (ports, board, directory, interval, time, log);
        _call = new ReceiptCall(ports, channels);
        _look = new OutboxSignal(time);
        _board.Called += OnCalled;
        _directory.Changed += OnDirectoryChanged;
    }

    /// <summary>Says that a peer has answered for packets.</summary>
    public void NoteSettled(NodeId peer)
    {
        // What was settled before has its turn as it was meant to, however many packets follow.
        var dueAt = AfterInterval();
        _turns.AddOrUpdate(
            peer,
            _ => new Turn(0, dueAt, default),
            (_, before) => before with { Failures = 0, DueAt = before.DueAt < dueAt ? before.DueAt : dueAt });
        _look.Set();
    }

    /// <summary>Runs until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkerLoop.RunAsync(nameof(ReceiptWorker), LookAsync, _time, _log, stopping);

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
        var owing = await _ports.Peers(stopping);

        // Whoever owes nothing, or cannot be asked, has no turn, or its moment would stay past and be looked at again
        // and again. When it owes something later, it is asked.
        foreach (var turn in _turns.Where(turn => turn.Value.DueAt <= now && !owing.Contains(turn.Key)))
        {
            _turns.TryRemove(turn);
        }

        await Parallel.ForEachAsync(
            owing.Where(peer => !_turns.TryGetValue(peer, out var turn) || turn.DueAt <= now),
            new ParallelOptions { MaxDegreeOfParallelism = PeersAtATime, CancellationToken = stopping },
            async (peer, ct) => await AskAsync(peer, ct));
        await _look.WaitAsync(NextLook(), stopping);
    }

    private async Task AskAsync(NodeId peer, CancellationToken ct)
    {
        var before = _turns.GetOrAdd(peer, _ => new Turn(0, _time.GetUtcNow(), default));
        var asked = await _call.AskAsync(peer, before.Behind, ct);
        if (!asked.TryGet(out var taken, out var refusal))
        {
            _board.NoteFailed(peer, refusal.Code);
            NodeLog.ReceiptsMissing(_log, peer, refusal.Code);
            PutOff(peer, before, before.Behind);
            return;
        }

        _board.NoteAnswered(peer);
        if (taken.Kept > 0)
        {
            NodeLog.ReceiptsFinal(_log, peer, taken.Kept);
        }

        if (taken.IsAll)
        {
            // Unless a packet was settled meanwhile.
            _turns.TryRemove(new KeyValuePair<NodeId, Turn>(peer, before));
        }
        else if (taken.Kept > 0)
        {
            _turns.TryUpdate(peer, new Turn(0, AfterInterval(), taken.Behind), before);
        }
        else
        {
            PutOff(peer, before, taken.Behind);
        }
    }

    // An interval at least: before the next checkpoint there is nothing more to be had.
    private void PutOff(NodeId peer, Turn before, Storage.RowId behind) => _turns.TryUpdate(
        peer, new Turn(before.Failures + 1, AfterInterval() + BackOff.Draw(before.Failures), behind), before);

    // The peer's interval ends within one of this node's; the rest is for its signature, and lets nodes that
    // were answered together come one after the other.
    private DateTimeOffset AfterInterval() => _time.GetUtcNow() + _interval + TimeSpan.FromMilliseconds(
        RandomNumberGenerator.GetInt32((int)(_interval.TotalMilliseconds / 4) + 1));

    private TimeSpan NextLook()
    {
        var now = _time.GetUtcNow();
        var next = _turns.Values.Select(turn => turn.DueAt - now).Append(LookEvery).Min();
        return next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1);
    }

    // A peer that calls is up, so what it did not give before it may give now.
    private void OnCalled(object? sender, NodeId peer)
    {
        if (_turns.TryGetValue(peer, out var turn)
            && turn.Failures > 0
            && _turns.TryUpdate(peer, turn with { Failures = 0, DueAt = _time.GetUtcNow() }, turn))
        {
            _look.Set();
        }
    }

    private void OnDirectoryChanged(object? sender, EventArgs e)
    {
        _turns.Clear();
        _look.Set();
    }

    /// <summary>When a peer is asked next.</summary>
    /// <param name="Failures">How often in a row it gave nothing.</param>
    /// <param name="DueAt">When.</param>
    /// <param name="Behind">The packet behind which it goes on; <c>default</c> from the first.</param>
    private sealed record Turn(int Failures, DateTimeOffset DueAt, Storage.RowId Behind);
}
