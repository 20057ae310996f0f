using System.Diagnostics.CodeAnalysis;
using CbssReturn.Desk;
using CbssReturn.Desk.Outbox;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Workers;

/// <summary>Carries packets to one peer: claims, sends on one open stream, settles answers, and puts back what did
/// not get through. One round at a time.</summary>
internal sealed class PeerSender : IDisposable
{
    // Half a window: while the callee works on one half, the other is claimed.
    private const int ClaimMax = DeliverRules.UnansweredMax / 2;
    private const int SettleMax = 256;

    // Shorter than the lease, so that nobody else claims what is still on its way here.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(90);

    private readonly NodeId _peer;
    private readonly OutboxPorts _ports;
    private readonly PeerChannels _channels;
    private readonly PeerBoard _board;
    private readonly CurrentDirectory _directory;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly PeerBreaker _breaker;
    private readonly OutboxSignal _wake;

    // Whether packets may wait for a later moment, in this process or since before it started.
    private volatile bool _hasDeferred = true;
    private volatile bool _isHurried;

    /// <summary>Makes a sender that waits to be woken.</summary>
    public PeerSender(
        NodeId peer,
        OutboxPorts ports,
        PeerChannels channels,
        PeerBoard board,
        CurrentDirectory directory,
        DeliveryOptions options,
        TimeProvider time,
        ILogger log)
    {
        (_peer, _ports, _channels, _board, _directory) = (peer, ports, channels, board, directory);
        (_options, _time, _log) = (options, time, log);
        _breaker = new PeerBreaker(time);
        _wake = new OutboxSignal(time);
    }

    /// <summary>Says that a packet is due.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Says that the peer can be reached now: what waits for a later moment goes at once.</summary>
    public void Hurry()
    {
        _isHurried = true;
        _breaker.Reset();
        _wake.Set();
    }

    /// <summary>Runs until the node stops.</summary>
    /// <param name="stopping">Sends no more and waits for answers.</param>
    /// <param name="abandon">Waits no longer.</param>
    public Task RunAsync(CancellationToken stopping, CancellationToken abandon) => WorkerLoop.RunAsync(
        nameof(PeerSender),
        async _ =>
        {
            await _wake.WaitAsync(Timeout.InfiniteTimeSpan, stopping);
            await RunRoundAsync(stopping, abandon);
        },
        _time,
        _log,
        stopping);

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private async Task RunRoundAsync(CancellationToken stopping, CancellationToken abandon)
    {
        if (_isHurried && _hasDeferred)
        {
            (_isHurried, _hasDeferred) = (false, false);
            await _ports.Wake(_peer, stopping);
        }

        if (!_breaker.MayCall)
        {
            return;
        }

        var claimed = await ClaimAsync(stopping);
        if (claimed.Count == 0)
        {
            return;
        }

        var opened = await OpenAsync(stopping, abandon);
        if (!opened.TryGet(out var call, out var refusal))
        {
            await (stopping.IsCancellationRequested
                ? _ports.Release(claimed, false, CancellationToken.None)
                : FailAsync(claimed, refusal, mayHaveLeft: false));
            return;
        }

        using (call)
        {
            var settling = SettleAsync(call);
            try
            {
                await SendAllAsync(call, claimed, stopping);
            }
            finally
            {
                await CloseAsync(call, settling, stopping);
            }
        }
    }

    // Without a directory in force nobody may be called. What waits then has not failed: it waits for the next one.
    private Task<IReadOnlyList<ClaimedPacket>> ClaimAsync(CancellationToken stopping) => _directory.IsExpired
        ? Task.FromResult<IReadOnlyList<ClaimedPacket>>([])
        : _ports.Claim(_peer, ClaimMax, stopping);

    private async Task<Result<DeliveryCall>> OpenAsync(CancellationToken stopping, CancellationToken abandon)
    {
        if (!_channels.Get(_peer).TryGet(out var channel, out var refusal))
        {
            return refusal;
        }

        var greeted = await channel.GreetAsync(stopping);
        return greeted.Then<DeliveryCall>(_ => DeliveryCall.Open(channel, abandon));
    }

    private async Task SendAllAsync(
        DeliveryCall call, IReadOnlyList<ClaimedPacket> claimed, CancellationToken stopping)
    {
        var workedAt = _time.GetTimestamp();
        while (true)
        {
            if (claimed.Count > 0)
            {
                workedAt = _time.GetTimestamp();
                if (!await SendAsync(call, claimed, stopping))
                {
                    return;
                }
            }
            else if (!await WaitAsync(call, workedAt, stopping))
            {
                return;
            }

            claimed = await ClaimAsync(stopping);
        }
    }

    private async Task<bool> SendAsync(
        DeliveryCall call, IReadOnlyList<ClaimedPacket> claimed, CancellationToken stopping)
    {
        var next = 0;
        try
        {
            while (next < claimed.Count && await call.SendAsync(claimed[next], next + 1 < claimed.Count, stopping))
            {
                next++;
            }

            return next == claimed.Count;
        }
        finally
        {
            // What got no number on this stream is as it was before the claim; the rest is settled when it closes.
            var onStream = call.Unanswered.Select(packet => packet.Row).ToHashSet();
            var unsent = claimed.Skip(next).Where(packet => !onStream.Contains(packet.Row)).ToList();
            if (unsent.Count > 0)
            {
                await _ports.Release(unsent, false, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits for another packet on an open stream.</summary>
    /// <returns>False when the stream should be closed.</returns>
    private async Task<bool> WaitAsync(DeliveryCall call, long workedAt, CancellationToken stopping)
    {
        var idle = TimeSpan.FromMilliseconds(_options.IdleStreamMs);
        if (_time.GetElapsedTime(workedAt) >= idle)
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, call.Ended);
        try
        {
            await _wake.WaitAsync(idle, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SettleAsync(DeliveryCall call)
    {
        var batch = new List<(ClaimedPacket Packet, DeliveryAnswer Answer)>();
        while (await HasAnswerAsync(call))
        {
            while (batch.Count < SettleMax && call.Answers.TryRead(out var answer))
            {
                batch.Add(answer);
            }

            _board.NoteAnswered(_peer);
            _breaker.Reset();
            NodeLog.DeliveryAnswered(_log, _peer, batch.Count);
            try
            {
                await _ports.Settle(_peer, batch, CancellationToken.None);
            }
            catch (StoreException unavailable)
            {
                // The leases end, the packets go again, and the peer answers with the same receipts.
                NodeLog.StoreUnavailable(_log, unavailable.Refusal.Code);
            }

            batch.Clear();
        }
    }

    private async Task<bool> HasAnswerAsync(DeliveryCall call)
    {
        while (true)
        {
            var waits = call.Unanswered.Count > 0;
            using var late = new CancellationTokenSource(AnswerTimeout, _time);
            try
            {
                return await call.Answers.WaitToReadAsync(late.Token);
            }
            catch (OperationCanceledException) when (!waits)
            {
                // Nothing was asked, so nothing is late.
            }
            catch (OperationCanceledException)
            {
                call.Abort();
            }
        }
    }

    // The peer ends the stream once it has answered what it has read; one that never does must not hold up the next.
    [SuppressMessage("Usage", "VSTHRD003", Justification = "A host has no synchronization context to deadlock on.")]
    private async Task<Refusal?> EndAsync(DeliveryCall call)
    {
        await call.CompleteAsync();
        try
        {
            return await call.Finished.WaitAsync(AnswerTimeout, _time);
        }
        catch (TimeoutException)
        {
            call.Abort();
            return await call.Finished;
        }
    }

    [SuppressMessage("Usage", "VSTHRD003", Justification = "A host has no synchronization context to deadlock on.")]
    private async Task CloseAsync(DeliveryCall call, Task settling, CancellationToken stopping)
    {
        var refusal = await EndAsync(call);
        await settling;
        var unanswered = call.Unanswered;
        if (refusal is null && !call.HasAnswered && unanswered.Count > 0)
        {
            refusal = new Refusal(RefusalCode.PeerBusy, "The other node ended the stream without an answer.");
        }

        if (refusal is null || stopping.IsCancellationRequested)
        {
            await _ports.Release(unanswered, true, CancellationToken.None);

            // What was put back is due now, and so may be what was queued meanwhile.
            _wake.Set();
        }
        else
        {
            await FailAsync(unanswered, refusal, mayHaveLeft: true);
        }
    }

    private async Task FailAsync(IReadOnlyList<ClaimedPacket> packets, Refusal refusal, bool mayHaveLeft)
    {
        _board.NoteFailed(_peer, refusal.Code);
        NodeLog.DeliveryFailed(_log, _peer, refusal.Code, packets.Count);
        if (packets.Count > 0)
        {
            _hasDeferred = true;
            _breaker.Fail();
            await _ports.Fail(packets, refusal.Code, mayHaveLeft, CancellationToken.None);
        }
    }
}
