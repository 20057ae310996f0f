using System.Threading.Channels;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk;
using CbssReturn.Node.Peers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>The callee's half of one Deliver stream: one reader, as many receivers as there are envelopes, one writer.
/// </summary>
/// <remarks>When the stream ends in good order everything that was read is answered first; what was not read the caller
/// still has. Without that a planned stop would look like a failure (docs/spec/exchange.md, section 5).</remarks>
internal sealed class DeliverStream(
    NodeId peer,
    Func<ReadOnlyMemory<byte>, NodeId, CancellationToken, Task<DeliveryAnswer>> receive,
    PeerLimits limits,
    TimeSpan envelopeTimeout,
    TimeProvider time,
    ILogger log)
{
    // What to say when there is no memory, when the store cannot work now, and when our own code broke.
    private static readonly TimeSpan MemoryRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoreRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FaultRetryAfter = TimeSpan.FromMinutes(1);

    private readonly EnvelopeAssembly _assembly = new();
    private readonly ByteWindow _window = new(DeliverRules.UnansweredMax, DeliverRules.UnansweredSizeBytesMax);
    private readonly Channel<(DeliverResponse Response, int Size)> _answers =
        Channel.CreateUnbounded<(DeliverResponse, int)>(new UnboundedChannelOptions { SingleReader = true });

    // The reader counts as one, so that the count reaches zero only after it.
    private int _pending = 1;

    // All three belong to the envelope that is being read, and to the reader.
    private int _size;
    private bool _hasMemory;
    private long _begunAt;

    /// <summary>Runs the stream to its end.</summary>
    /// <param name="requests">The caller's frames.</param>
    /// <param name="responses">The answers.</param>
    /// <param name="stopReading">Ends the stream in good order.</param>
    /// <param name="aborted">The call is gone.</param>
    /// <exception cref="RpcException">The frames break a rule.</exception>
    public async Task RunAsync(
        IAsyncStreamReader<DeliverRequest> requests,
        IServerStreamWriter<DeliverResponse> responses,
        CancellationToken stopReading,
        CancellationToken aborted)
    {
        var writing = WriteAsync(responses);
        var isBroken = false;
        try
        {
            isBroken = !await ReadAsync(requests, stopReading, aborted);
        }
        catch (OperationCanceledException)
            when (stopReading.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            // In good order: what was read is answered below.
        }
        finally
        {
            LeaveUnfinished();
            Finish();
            await writing;
        }

        if (isBroken)
        {
            throw PeerCallStatus.RuleBroken();
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>False when a rule was broken.</returns>
    private async Task<bool> ReadAsync(
        IAsyncStreamReader<DeliverRequest> requests, CancellationToken stopReading, CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopReading, aborted);
        while (await NextAsync(requests, stop.Token) is { } hasNext)
        {
            if (!hasNext)
            {
                return _assembly.UnfinishedSize == 0 || Broken("the stream ends inside an envelope");
            }

            var frame = requests.Current;
            if (!_assembly.Check(frame).TryGet(out var beginsSize, out var refusal))
            {
                return Broken(refusal.LocalDetail, refusal.Code);
            }

            if (beginsSize > 0)
            {
                await EnterAsync(beginsSize, stop.Token);
            }

            _assembly.Add(frame, _hasMemory);
            if (_assembly.TryTake(out var envelope))
            {
                Start(_assembly.Number, envelope, aborted);
            }
        }

        return Broken("an envelope was not finished in time");
    }

    /// <summary>Waits for the next frame. The whole rest of an envelope has one time limit, because a limit for each
    /// frame would let a byte a minute hold the memory of an envelope for years.</summary>
    /// <returns>Whether there is one; null when the time is over.</returns>
    private async Task<bool?> NextAsync(IAsyncStreamReader<DeliverRequest> requests, CancellationToken stop)
    {
        if (_assembly.UnfinishedSize == 0)
        {
            return await requests.MoveNext(stop);
        }

        var left = envelopeTimeout - time.GetElapsedTime(_begunAt);
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        using var late = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return await requests.MoveNext(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task EnterAsync(int size, CancellationToken stop)
    {
        await _window.EnterAsync(size, stop);
        _size = size;
        _hasMemory = await limits.ReceiveMemory.TryEnterAsync(peer, size, stop);

        // The time that this node took does not count against the peer.
        _begunAt = time.GetTimestamp();
    }

    private void Start(uint number, ReadOnlyMemory<byte> envelope, CancellationToken aborted)
    {
        var size = _size;
        _size = 0;
        if (!_hasMemory)
        {
            var response = new DeliverResponse { Number = number };
            Fill(response, new DeliveryAnswer.Busy(MemoryRetryAfter));
            _answers.Writer.TryWrite((response, size));
            return;
        }

        _hasMemory = false;
        Interlocked.Increment(ref _pending);
        _ = Task.Run(() => AnswerAsync(number, envelope, aborted), CancellationToken.None);
    }

    private async Task AnswerAsync(uint number, ReadOnlyMemory<byte> envelope, CancellationToken aborted)
    {
        var response = new DeliverResponse { Number = number };
        try
        {
            Fill(response, limits.TryTakeEnvelope(peer, out var retryAfter)
                ? await receive(envelope, peer, aborted)
                : new DeliveryAnswer.Busy(retryAfter));
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // Nobody is left to answer; the caller asks again.
        }
        catch (StoreException unavailable)
        {
            NodeLog.StoreUnavailable(log, unavailable.Refusal.Code);
            Fill(response, new DeliveryAnswer.Busy(StoreRetryAfter));
        }
#pragma warning disable CA1031 // A fault of ours in one packet must not end the stream of its neighbours.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            NodeLog.ReceiveFailed(log, fault);
            Fill(response, new DeliveryAnswer.Busy(FaultRetryAfter));
        }

        // The envelope is done with; a caller that does not read its answers holds no memory for them.
        limits.ReceiveMemory.Leave(peer, envelope.Length);
        _answers.Writer.TryWrite((response, envelope.Length));
        Finish();
    }

    private async Task WriteAsync(IServerStreamWriter<DeliverResponse> responses)
    {
        var isGone = false;
        await foreach (var (response, size) in _answers.Reader.ReadAllAsync())
        {
            try
            {
                if (!isGone && response.AnswerCase != DeliverResponse.AnswerOneofCase.None)
                {
                    responses.WriteOptions = _answers.Reader.TryPeek(out _) ? Buffered : null;
                    await responses.WriteAsync(response);
                }
            }
            catch (Exception error)
                when (error is InvalidOperationException or IOException or OperationCanceledException)
            {
                // The caller is gone. The rest is still taken out, so that the window is left.
                isGone = true;
            }

            _window.Leave(size);
        }
    }

    private static WriteOptions Buffered { get; } = new(WriteFlags.BufferHint);

    private void Finish()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _answers.Writer.Complete();
        }
    }

    private void LeaveUnfinished()
    {
        if (_hasMemory)
        {
            limits.ReceiveMemory.Leave(peer, _size);
        }

        if (_size > 0)
        {
            _window.Leave(_size);
        }
    }

    private bool Broken(string? detail, RefusalCode code = RefusalCode.StreamRuleBroken)
    {
        NodeLog.StreamBroken(log, peer, code, detail);
        return false;
    }

    private static void Fill(DeliverResponse response, DeliveryAnswer answer)
    {
        switch (answer)
        {
            case DeliveryAnswer.Receipted(var receipt):
                response.Receipt = new Contracts.Exchange.V1.Receipt
                {
                    Record = UnsafeByteOperations.UnsafeWrap(receipt.Record),
                    Signature = UnsafeByteOperations.UnsafeWrap(receipt.Signature),
                };
                break;
            case DeliveryAnswer.KeyGone:
                response.KeyGone = new KeyGone();
                break;
            case DeliveryAnswer.Unsigned:
                response.Unsigned = new Unsigned();
                break;
            case DeliveryAnswer.Busy(var retryAfter):
                var wait = retryAfter < DeliverRules.BusyMax ? retryAfter : DeliverRules.BusyMax;
                response.Busy = new Busy { RetryAfterMs = (uint)Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)) };
                break;
            default:
                throw new InvalidOperationException("An answer that nobody knows.");
        }
    }
}
