using System.Collections.Concurrent;
using System.Threading.Channels;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk;
using CbssReturn.Desk.Outbox;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Rows;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Peers;

/// <summary>The caller's half of one Deliver stream: sends packets as the window has room and hands out answers in the
/// order in which they come (docs/spec/exchange.md, section 4).</summary>
internal sealed class DeliveryCall : IDisposable
{
    private readonly PeerChannel _channel;
    private readonly AsyncDuplexStreamingCall<DeliverRequest, DeliverResponse> _call;
    private readonly ByteWindow _window = new(DeliverRules.UnansweredMax, DeliverRules.UnansweredSizeBytesMax);
    private readonly ConcurrentDictionary<uint, ClaimedPacket> _unanswered = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<(ClaimedPacket Packet, DeliveryAnswer Answer)> _answers =
        Channel.CreateUnbounded<(ClaimedPacket, DeliveryAnswer)>(new UnboundedChannelOptions { SingleReader = true });

    // Owned by the one sender.
    private uint _number;

    private DeliveryCall(PeerChannel channel, AsyncDuplexStreamingCall<DeliverRequest, DeliverResponse> call)
    {
        (_channel, _call) = (channel, call);
        Ended = _ended.Token;
        Finished = Task.Run(ReadAsync);
    }

    /// <summary>The answers; completed when the stream has ended.</summary>
    public ChannelReader<(ClaimedPacket Packet, DeliveryAnswer Answer)> Answers => _answers.Reader;

    /// <summary>Cancelled when the stream has ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Completed when the stream has ended: null when in good order, otherwise why.</summary>
    public Task<Refusal?> Finished { get; }

    /// <summary>Whether the callee has answered anything on this stream.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Packets that were sent and not answered.</summary>
    public IReadOnlyList<ClaimedPacket> Unanswered => [.. _unanswered.Values];

    /// <summary>Opens a stream.</summary>
    /// <param name="channel">The way to the peer.</param>
    /// <param name="abandon">Ends the stream at once.</param>
    public static DeliveryCall Open(PeerChannel channel, CancellationToken abandon) =>
        new(channel, channel.Client.Deliver(cancellationToken: abandon));

    /// <summary>Sends one packet, after a wait when the window has no room.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="hasMore">Whether another follows at once, so that the two may share a record on the wire.</param>
    /// <param name="ct">Ends the wait for room; a packet that has begun is sent whole.</param>
    /// <returns>False when the stream has ended; then the packet was not sent whole.</returns>
    public async Task<bool> SendAsync(ClaimedPacket packet, bool hasMore, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, Ended);
        try
        {
            await _window.EnterAsync(packet.Envelope.Length, either.Token);
            _number++;
            _unanswered[_number] = packet;
            for (var sent = 0; sent < packet.Envelope.Length;)
            {
                var size = Math.Min(packet.Envelope.Length - sent, DeliverRules.FrameSizeBytesMax);
                var isLast = sent + size == packet.Envelope.Length;
                _call.RequestStream.WriteOptions = hasMore && isLast ? Buffered : null;
                await _call.RequestStream.WriteAsync(
                    new DeliverRequest
                    {
                        Number = _number,
                        TotalBytes = sent == 0 ? (uint)packet.Envelope.Length : 0,
                        Data = UnsafeByteOperations.UnsafeWrap(packet.Envelope.Slice(sent, size)),
                    },
                    Ended);
                sent += size;
            }

            return true;
        }
        catch (Exception error) when (IsEnd(error) && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Says that no more packets come; the callee answers what it has and ends the stream.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            await _call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (IsEnd(error))
        {
            // It has ended already, and Finished says how.
        }
    }

    /// <summary>Ends the stream at once, whatever is unanswered.</summary>
    public void Abort() => _call.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _call.Dispose();
        _ended.Dispose();
    }

    private static WriteOptions Buffered { get; } = new(WriteFlags.BufferHint);

    private static bool IsEnd(Exception error) =>
        error is RpcException or InvalidOperationException or OperationCanceledException or ObjectDisposedException;

    private async Task<Refusal?> ReadAsync()
    {
        Refusal? refusal = null;
        try
        {
            await foreach (var response in _call.ResponseStream.ReadAllAsync())
            {
                if (!_unanswered.TryRemove(response.Number, out var packet) || AnswerOf(response) is not { } answer)
                {
                    refusal = new Refusal(RefusalCode.PeerRefused, "The other node answered out of form.");
                    break;
                }

                HasAnswered = true;
                _window.Leave(packet.Envelope.Length);
                _answers.Writer.TryWrite((packet, answer));
            }
        }
        catch (RpcException failure)
        {
            refusal = _channel.Explain(failure);
        }
        catch (Exception error) when (IsEnd(error))
        {
            refusal = new Refusal(RefusalCode.PeerUnreachable, "The stream was closed.");
        }

        _answers.Writer.Complete();
        await CancelEndedAsync();
        return refusal;
    }

    private async Task CancelEndedAsync()
    {
        try
        {
            await _ended.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Disposed while the stream ended: nobody waits any more.
        }
    }

    private static DeliveryAnswer? AnswerOf(DeliverResponse response) => response.AnswerCase switch
    {
        DeliverResponse.AnswerOneofCase.Receipt => new DeliveryAnswer.Receipted(
            new StoredReceipt(response.Receipt.Record.Memory, response.Receipt.Signature.Memory)),
        DeliverResponse.AnswerOneofCase.KeyGone => new DeliveryAnswer.KeyGone(),
        DeliverResponse.AnswerOneofCase.Unsigned => new DeliveryAnswer.Unsigned(),
        DeliverResponse.AnswerOneofCase.Busy => new DeliveryAnswer.Busy(BusyOf(response.Busy)),
        DeliverResponse.AnswerOneofCase.None => null,
        _ => null,
    };

    private static TimeSpan BusyOf(Busy busy)
    {
        var asked = TimeSpan.FromMilliseconds(Math.Max(1, busy.RetryAfterMs));
        return asked < DeliverRules.BusyMax ? asked : DeliverRules.BusyMax;
    }
}
