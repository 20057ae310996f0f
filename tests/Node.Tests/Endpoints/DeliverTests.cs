using System.Collections.Concurrent;
using System.Security.Cryptography;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace CbssReturn.Node.Tests.Endpoints;

/// <summary>The callee's half of a Deliver stream, over a real connection.</summary>
public sealed class DeliverTests : IDisposable
{
    private const int StreamBrokenEvent = 6004;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestNetwork _network = new();
    private readonly TestPeer _peer;

    public DeliverTests() => _peer = _network.AddPeer();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Deliver_EachAnswer_ArrivesAsItWasGiven()
    {
        var receipt = TestCallee.Receipt();
        DeliveryAnswer[] answers =
        [
            receipt,
            new DeliveryAnswer.KeyGone(),
            new DeliveryAnswer.Unsigned(),
            new DeliveryAnswer.Busy(TimeSpan.FromMilliseconds(1500)),
            new DeliveryAnswer.Busy(TimeSpan.FromHours(2)),
        ];
        await using var callee = await TestCallee.StartAsync(_network);
        var peers = new ConcurrentBag<NodeId>();
        callee.Receive = (envelope, peer, _) =>
        {
            peers.Add(peer);
            return Task.FromResult(answers[envelope.Span[0]]);
        };
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        for (byte i = 0; i < answers.Length; i++)
        {
            await stream.RequestStream.WriteAsync(Whole(i + 1U, [i]));
        }

        await stream.RequestStream.CompleteAsync();
        var got = await stream.ResponseStream.ReadAllAsync().ToDictionaryAsync(answer => answer.Number);

        Assert.Equal(answers.Length, got.Count);
        Assert.Equal(receipt.Receipt.Record.ToArray(), got[1].Receipt.Record.ToByteArray());
        Assert.Equal(receipt.Receipt.Signature.ToArray(), got[1].Receipt.Signature.ToByteArray());
        Assert.NotNull(got[2].KeyGone);
        Assert.NotNull(got[3].Unsigned);
        Assert.Equal(1500U, got[4].Busy.RetryAfterMs);
        Assert.Equal(900_000U, got[5].Busy.RetryAfterMs);
        Assert.All(peers, peer => Assert.Equal(_peer.Id, peer));
    }

    [Fact]
    public async Task Deliver_FirstEnvelopeTakesLonger_IsOvertaken()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var first = new TaskCompletionSource<DeliveryAnswer>();
        callee.Receive = (envelope, _, _) => envelope.Span[0] == 1 ? first.Task : Answer(TestCallee.Receipt());
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));
        await stream.RequestStream.WriteAsync(Whole(2, [2]));

        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal(2U, stream.ResponseStream.Current.Number);
        first.SetResult(TestCallee.Receipt());
        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal(1U, stream.ResponseStream.Current.Number);
    }

    [Fact]
    public async Task Deliver_LargestEnvelope_ArrivesWhole()
    {
        var envelope = RandomNumberGenerator.GetBytes(16 * 1024 * 1024);
        await using var callee = await TestCallee.StartAsync(_network);
        var isSame = false;
        callee.Receive = (received, _, _) =>
        {
            isSame = received.Span.SequenceEqual(envelope);
            return Answer(TestCallee.Receipt());
        };
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        for (var at = 0; at < envelope.Length; at += 1024 * 1024)
        {
            await stream.RequestStream.WriteAsync(new DeliverRequest
            {
                Number = 1,
                TotalBytes = at == 0 ? (uint)envelope.Length : 0,
                Data = ByteString.CopyFrom(envelope.AsSpan(at, 1024 * 1024)),
            });
        }

        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.True(isSame);
    }

    [Fact]
    public async Task Deliver_FrameAgainstARule_EndsTheStreamAfterWhatWasRightIsAnswered()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Receive = (_, _, _) => Answer(TestCallee.Receipt());
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));
        await stream.RequestStream.WriteAsync(Whole(3, [3]));

        Assert.True(await stream.ResponseStream.MoveNext(default));
        var failure = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(RefusalCode.StreamRuleBroken, await callee.Log.WaitAsync(StreamBrokenEvent));
    }

    [Fact]
    public async Task Deliver_EnvelopeTooLarge_EndsTheStreamBeforeItIsSent()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(
            new DeliverRequest { Number = 1, TotalBytes = (16 << 20) + 1, Data = ByteString.CopyFrom(1) });

        var failure = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(RefusalCode.EnvelopeTooLarge, await callee.Log.WaitAsync(StreamBrokenEvent));
    }

    [Fact]
    public async Task Deliver_MessageLargerThanAFrame_EndsTheStream()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        var write = stream.RequestStream.WriteAsync(Whole(1, new byte[2 * 1024 * 1024]));

        var failure = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        await write.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Deliver_EndInsideAnEnvelope_IsARuleBroken()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(
            new DeliverRequest { Number = 1, TotalBytes = 2, Data = ByteString.CopyFrom(1) });
        await stream.RequestStream.CompleteAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }

    [Fact]
    public async Task Deliver_RestOfAnEnvelopeDoesNotCome_EndsTheStreamAndFreesItsMemory()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(
            new DeliverRequest { Number = 1, TotalBytes = 2, Data = ByteString.CopyFrom(1) });
        var ended = stream.ResponseStream.MoveNext(default);
        while (!ended.IsCompleted)
        {
            // The timer starts when the callee has read the frame; the clock goes on until it has.
            await caller.Exchange.HelloAsync(TestCaller.Hello);
            _network.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => ended)).StatusCode);
        Assert.Equal(0, callee.Limits.ReceiveMemory.Count);
    }

    [Fact]
    public async Task Deliver_FramesThatDrip_EndTheStreamAMinuteAfterTheFirst()
    {
        const int Drips = 30;
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(
            new DeliverRequest { Number = 1, TotalBytes = 2 * Drips, Data = ByteString.CopyFrom(1) });
        var ended = stream.ResponseStream.MoveNext(default);
        for (var drip = 0; drip < Drips && !ended.IsCompleted; drip++)
        {
            await caller.Exchange.HelloAsync(TestCaller.Hello);
            _network.Time.Advance(TimeSpan.FromSeconds(20));
            await TryWriteAsync(stream, new DeliverRequest { Number = 1, Data = ByteString.CopyFrom(1) });
        }

        var failure = await Assert.ThrowsAsync<RpcException>(() => ended.WaitAsync(Patience));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(0, callee.Limits.ReceiveMemory.Count);
    }

    [Fact]
    public async Task Deliver_StreamOfAge_EndsInGoodOrderWhenAllIsAnswered()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var begun = new TaskCompletionSource();
        var answer = new TaskCompletionSource<DeliveryAnswer>();
        callee.Receive = (_, _, _) =>
        {
            begun.SetResult();
            return answer.Task;
        };
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));
        await begun.Task;

        _network.Time.Advance(TimeSpan.FromMinutes(70));
        answer.SetResult(TestCallee.Receipt());

        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.False(await stream.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, stream.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Deliver_NodeStops_AnswersWhatItHoldsAndEndsInGoodOrder()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var begun = new TaskCompletionSource();
        var answer = new TaskCompletionSource<DeliveryAnswer>();
        callee.Receive = (_, _, _) =>
        {
            begun.SetResult();
            return answer.Task;
        };
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));
        await begun.Task;

        callee.BeginStop();
        var stopped = callee.StopAsync();
        answer.SetResult(TestCallee.Receipt());

        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.False(await stream.ResponseStream.MoveNext(default));
        await stopped;
    }

    [Fact]
    public async Task Deliver_StoreCannotWork_AsksToRepeat()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Receive = (_, _, _) =>
            throw new StoreException(new Refusal(RefusalCode.DiskFull, "The disk is full."));
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));

        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.True(stream.ResponseStream.Current.Busy.RetryAfterMs > 0);
        Assert.Equal(RefusalCode.DiskFull, await callee.Log.WaitAsync(6005));
    }

    [Fact]
    public async Task Deliver_FaultInOnePacket_LeavesItsNeighboursAlone()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Receive = (envelope, _, _) => envelope.Span[0] == 1
            ? throw new InvalidOperationException("A fault on purpose.")
            : Answer(TestCallee.Receipt());
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await stream.RequestStream.WriteAsync(Whole(1, [1]));
        await stream.RequestStream.WriteAsync(Whole(2, [2]));
        await stream.RequestStream.CompleteAsync();

        var got = await stream.ResponseStream.ReadAllAsync().ToDictionaryAsync(answer => answer.Number);

        Assert.NotNull(got[1].Busy);
        Assert.NotNull(got[2].Receipt);
    }

    [Fact]
    public async Task Deliver_FasterThanAllowed_IsBusy()
    {
        await using var callee = await TestCallee.StartAsync(
            _network, new LimitOptions { EnvelopesPerSecondMax = 1 });
        callee.Receive = (_, _, _) => Answer(TestCallee.Receipt());
        using var caller = new TestCaller(callee, _peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        for (var number = 1U; number <= 3; number++)
        {
            await stream.RequestStream.WriteAsync(Whole(number, [1]));
        }

        await stream.RequestStream.CompleteAsync();
        var got = await stream.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Equal(2, got.Count(answer => answer.Receipt is not null));
        Assert.Equal(1000U, Assert.Single(got, answer => answer.Busy is not null).Busy.RetryAfterMs);
    }

    private static async Task TryWriteAsync(
        AsyncDuplexStreamingCall<DeliverRequest, DeliverResponse> stream, DeliverRequest frame)
    {
        try
        {
            await stream.RequestStream.WriteAsync(frame);
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // The callee has ended the stream.
        }
    }

    private static Task<DeliveryAnswer> Answer(DeliveryAnswer answer) => Task.FromResult(answer);

    private static DeliverRequest Whole(uint number, byte[] envelope) => new()
    {
        Number = number,
        TotalBytes = (uint)envelope.Length,
        Data = ByteString.CopyFrom(envelope),
    };
}
