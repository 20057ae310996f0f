using System.Threading.Channels;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;
using Google.Protobuf;

namespace CbssReturn.Node.Tests.Endpoints;

/// <summary>How much a callee takes in before it has answered.</summary>
public sealed class DeliverWindowTests : IDisposable
{
    private const uint Largest = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestNetwork _network = new();
    private readonly TestPeer _peer;
    private readonly Channel<TaskCompletionSource<DeliveryAnswer>> _taken =
        Channel.CreateUnbounded<TaskCompletionSource<DeliveryAnswer>>();

    public DeliverWindowTests() => _peer = _network.AddPeer();

    public void Dispose() => _network.Dispose();

    [Fact]
    public Task Deliver_MoreEnvelopesThanTheWindow_AreNotReadBeforeAnAnswer() =>
        AssertWindowAsync(new LimitOptions(), sizeBytes: 16, sent: 300, taken: 256);

    [Fact]
    public Task Deliver_MoreBytesThanTheWindow_AreNotReadBeforeAnAnswer() =>
        AssertWindowAsync(new LimitOptions(), sizeBytes: 1024 * 1024, sent: 34, taken: 32);

    [Fact]
    public Task Deliver_MoreBytesThanTheWholeNodeHasMemoryFor_AreNotReadBeforeAnAnswer() => AssertWindowAsync(
        new LimitOptions { ReceiveMemoryMib = 32 }, sizeBytes: 1024 * 1024, sent: 34, taken: 32, streams: 2);

    [Fact]
    public async Task Deliver_OnePeerHoldsAllItsMemory_AnotherIsStillServed()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Receive = (_, _, _) => Task.FromResult<DeliveryAnswer>(TestCallee.Receipt());
        var other = _network.AddPeer();
        _network.Publish();
        using var greedy = new TestCaller(callee, _peer.Certificate);
        using var caller = new TestCaller(callee, other.Certificate);
        var held = new List<Grpc.Core.AsyncDuplexStreamingCall<DeliverRequest, DeliverResponse>>();
        for (var i = 0; i < 8; i++)
        {
            held.Add(greedy.Exchange.Deliver());
            await held[i].RequestStream.WriteAsync(FirstFrame(Largest));
        }

        await UntilReadAsync(greedy);

        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(FirstFrame(1));
        Assert.True(await stream.ResponseStream.MoveNext(default).WaitAsync(Patience));

        Assert.NotNull(stream.ResponseStream.Current.Receipt);
        held.ForEach(call => call.Dispose());
    }

    [Fact]
    public async Task Deliver_NoMemoryForAWhile_IsBusyAndTheStreamGoesOn()
    {
        await using var callee = await TestCallee.StartAsync(
            _network, new LimitOptions { ReceiveMemoryMib = 32, EnvelopeMs = 3_600_000 });
        callee.Receive = (_, _, _) => Task.FromResult<DeliveryAnswer>(TestCallee.Receipt());
        var other = _network.AddPeer();
        _network.Publish();
        using var greedy = new TestCaller(callee, _peer.Certificate);
        using var caller = new TestCaller(callee, other.Certificate);
        using var first = greedy.Exchange.Deliver();
        using var second = greedy.Exchange.Deliver();
        await first.RequestStream.WriteAsync(FirstFrame(Largest));
        await second.RequestStream.WriteAsync(FirstFrame(Largest));
        await UntilReadAsync(greedy);

        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(FirstFrame(2));
        await stream.RequestStream.WriteAsync(new DeliverRequest { Number = 1, Data = ByteString.CopyFrom(1) });
        var answered = stream.ResponseStream.MoveNext(default).WaitAsync(Patience);
        while (!answered.IsCompleted)
        {
            // The callee's wait starts when it has read the frame; the clock goes on until the wait is over.
            await caller.Exchange.HelloAsync(TestCaller.Hello);
            _network.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(await answered);
        Assert.True(stream.ResponseStream.Current.Busy?.RetryAfterMs > 0);
        first.Dispose();
        await stream.RequestStream.WriteAsync(new DeliverRequest
        {
            Number = 2,
            TotalBytes = 1,
            Data = ByteString.CopyFrom(1),
        });
        Assert.True(await stream.ResponseStream.MoveNext(default).WaitAsync(Patience));
        Assert.NotNull(stream.ResponseStream.Current.Receipt);
    }

    private static DeliverRequest FirstFrame(uint size) =>
        new() { Number = 1, TotalBytes = size, Data = ByteString.CopyFrom(1) };

    // Whatever came before these calls on the connection has been read as far as it will be.
    private static async Task UntilReadAsync(TestCaller caller)
    {
        for (var i = 0; i < 10; i++)
        {
            await caller.Exchange.HelloAsync(TestCaller.Hello);
        }
    }

    private async Task AssertWindowAsync(LimitOptions limits, int sizeBytes, int sent, int taken, int streams = 1)
    {
        await using var callee = await TestCallee.StartAsync(_network, limits);
        callee.Receive = (_, _, _) =>
        {
            var answer = new TaskCompletionSource<DeliveryAnswer>();
            _taken.Writer.TryWrite(answer);
            return answer.Task;
        };
        using var caller = new TestCaller(callee, _peer.Certificate);
        var calls = Enumerable.Range(0, streams).Select(_ => caller.Exchange.Deliver()).ToList();
        var sending = calls.Select(call => SendAsync(call.RequestStream, sizeBytes, sent / streams)).ToList();

        var open = new Queue<TaskCompletionSource<DeliveryAnswer>>();
        while (open.Count < taken)
        {
            open.Enqueue(await _taken.Reader.ReadAsync());
        }

        await UntilReadAsync(caller);
        Assert.Equal(taken, callee.Limits.ReceiveMemory.Count);
        Assert.False(_taken.Reader.TryRead(out _));
        for (var answered = 0; answered < sent; answered++)
        {
            open.Dequeue().SetResult(TestCallee.Receipt());
            if (answered + taken < sent)
            {
                open.Enqueue(await _taken.Reader.ReadAsync());
            }
        }

        await Task.WhenAll(sending);
        Assert.Equal(sent, await CountAsync(calls));
        Assert.Equal(0, callee.Limits.ReceiveMemory.Count);
        calls.ForEach(call => call.Dispose());
    }

    private static async Task SendAsync(
        Grpc.Core.IClientStreamWriter<DeliverRequest> stream, int sizeBytes, int count)
    {
        var data = ByteString.CopyFrom(new byte[sizeBytes]);
        for (var number = 1U; number <= count; number++)
        {
            await stream.WriteAsync(new DeliverRequest { Number = number, TotalBytes = (uint)sizeBytes, Data = data });
        }

        await stream.CompleteAsync();
    }

    private static async Task<int> CountAsync(
        IEnumerable<Grpc.Core.AsyncDuplexStreamingCall<DeliverRequest, DeliverResponse>> calls)
    {
        var count = 0;
        foreach (var call in calls)
        {
            while (await call.ResponseStream.MoveNext(default))
            {
                count++;
            }
        }

        return count;
    }
}
