using System.Collections.Concurrent;
using CbssReturn.Desk;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>The caller's half of delivery, against a real callee.</summary>
public sealed class OutboxWorkerTests : IAsyncDisposable
{
    private const int DeliveryFailedEvent = 6020;

    private readonly TestNetwork _network = new();
    private readonly TestDialer _dialer;
    private readonly TestOutbox _outbox;
    private readonly OutboxWorker _worker;
    private readonly CollectingLog _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public OutboxWorkerTests()
    {
        _dialer = new TestDialer(_network, _network.AddPeer());
        _outbox = new TestOutbox(_network.Time);
        _worker = new OutboxWorker(
            _outbox.Ports,
            _dialer.Channels,
            _dialer.Board,
            _network.Directory,
            new DeliveryOptions { DrainMs = 200 },
            _network.Time,
            _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _worker.Dispose();
        _outbox.Dispose();
        _dialer.Dispose();
        _stopping.Dispose();
        _log.Dispose();
        _network.Dispose();
    }

    [Fact]
    public async Task Run_ManyPackets_SettlesEachWithItsOwnAnswer()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var answers = new ConcurrentDictionary<string, DeliveryAnswer>();
        callee.Receive = (envelope, _, _) => Task.FromResult(
            answers.GetOrAdd(Convert.ToHexString(envelope.Span), _ => TestCallee.Receipt()));
        var packets = _outbox.Add(callee.Self.Id, 1_000);

        Run();
        await _outbox.UntilAsync(() => _outbox.Settled.Count == packets.Count);

        Assert.All(_outbox.Settled, settled => AssertSameReceipt(
            answers[Convert.ToHexString(settled.Packet.Envelope.Span)], settled.Answer));
        Assert.Equal(packets.Count, _outbox.Settled.DistinctBy(settled => settled.Packet.Row).Count());
        Assert.Empty(_outbox.Failed);
    }

    [Fact]
    public async Task Run_LargeAndSmallPackets_ArriveWhole()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var received = new ConcurrentBag<string>();
        callee.Receive = (envelope, _, _) =>
        {
            received.Add(Sealing.Digest.Of(envelope.Span).ToString());
            return Task.FromResult<DeliveryAnswer>(TestCallee.Receipt());
        };
        var packets = _outbox.Add(callee.Self.Id, 3, 16 * 1024 * 1024)
            .Concat(_outbox.Add(callee.Self.Id, 3, (1024 * 1024) + 1))
            .Concat(_outbox.Add(callee.Self.Id, 3, 1))
            .ToList();

        Run();
        await _outbox.UntilAsync(() => _outbox.Settled.Count == packets.Count);

        Assert.Equal(
            packets.Select(packet => Sealing.Digest.Of(packet.Envelope.Span).ToString()).Order(), received.Order());
    }

    [Fact]
    public async Task Run_PacketQueuedLater_GoesOnTheOpenStreamWithoutAPoll()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        Run();
        for (var round = 1; round <= 3; round++)
        {
            _outbox.Add(callee.Self.Id, 1);
            var count = round;
            await _outbox.UntilAsync(() => _outbox.Settled.Count == count);
        }

        Assert.Equal(1, callee.Connections.Count);
    }

    [Fact]
    public async Task Run_EveryKindOfAnswer_IsHandedOn()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        DeliveryAnswer[] answers =
        [
            new DeliveryAnswer.KeyGone(),
            new DeliveryAnswer.Unsigned(),
            new DeliveryAnswer.Busy(TimeSpan.FromSeconds(7)),
        ];
        callee.Receive = (envelope, _, _) => Task.FromResult(answers[envelope.Length - 1]);
        for (var size = 1; size <= answers.Length; size++)
        {
            _outbox.Add(callee.Self.Id, 1, size);
        }

        Run();
        await _outbox.UntilAsync(() => _outbox.Settled.Count == answers.Length);

        Assert.All(_outbox.Settled, settled => Assert.Equal(
            answers[settled.Packet.Envelope.Length - 1], settled.Answer));
    }

    [Fact]
    public async Task Run_PeerIsDown_PutsBackWithTheReasonAndGoesAtOnceWhenThePeerCalls()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var endpoint = callee.Self.Endpoint;
        callee.Self.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
        _network.Publish();
        _outbox.Add(callee.Self.Id, 3);
        Run();
        await _outbox.UntilAsync(() => _outbox.Failed.Count == 3);
        Assert.All(_outbox.Failed, failed => Assert.Equal(
            (RefusalCode.PeerUnreachable, false), (failed.Code, failed.MayHaveLeft)));
        Assert.Equal(RefusalCode.PeerUnreachable, _dialer.Board.Of(callee.Self.Id).LastCode);

        callee.Self.Endpoint = endpoint;
        _network.Publish();
        _dialer.Board.NoteCalled(callee.Self.Id);

        await _outbox.UntilAsync(() => _outbox.Settled.Count == 3);
        Assert.Null(_dialer.Board.Of(callee.Self.Id).LastCode);
    }

    [Fact]
    public async Task Run_PeerIsDown_DoesNotHoldUpAnother()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var absent = _network.AddPeer();
        absent.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
        _network.Publish();
        _outbox.Add(absent.Id, 5);
        _outbox.Add(callee.Self.Id, 5);

        Run();

        await _outbox.UntilAsync(() => _outbox.Settled.Count == 5 && _outbox.Failed.Count == 5);
    }

    [Fact]
    public async Task Run_PeerSuspended_PutsBackWithoutACall()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Self.IsSuspended = true;
        _network.Publish();
        _outbox.Add(callee.Self.Id, 1);

        Run();
        await _outbox.UntilAsync(() => _outbox.Failed.Count == 1);

        Assert.Equal((RefusalCode.PeerSuspended, false), (_outbox.Failed[0].Code, _outbox.Failed[0].MayHaveLeft));
    }

    [Fact]
    public async Task Run_DirectoryEnded_ClaimsNothingUntilThereIsAnother()
    {
        _network.ExpiresAt = TestNetwork.Start.AddMinutes(1);
        await using var callee = await TestCallee.StartAsync(_network);
        _network.Time.SetUtcNow(_network.ExpiresAt);
        _outbox.Add(callee.Self.Id, 1);
        Run();
        _dialer.Board.NoteCalled(callee.Self.Id);
        await _outbox.UntilAsync(() => _outbox.Wakes == 1);

        // A sender that claimed would do so now.
        for (var i = 0; i < 20; i++)
        {
            await Task.Run(() => { });
        }

        _network.ExpiresAt = TestNetwork.Start.AddDays(1);
        _network.Publish();
        await _outbox.UntilAsync(() => _outbox.Settled.Count == 1);

        Assert.Empty(_outbox.Failed);
    }

    [Fact]
    public async Task Run_StreamEndsInGoodOrder_SendsTheRestOnAnother()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var first = new TaskCompletionSource<DeliveryAnswer>();
        var begun = new TaskCompletionSource();
        callee.Receive = (_, _, _) =>
        {
            begun.TrySetResult();
            return first.Task.IsCompleted ? Task.FromResult<DeliveryAnswer>(TestCallee.Receipt()) : first.Task;
        };
        _outbox.Add(callee.Self.Id, 1);
        Run();
        await begun.Task;

        // The callee's stream is of age now; what comes on it from here on is not read.
        _network.Time.Advance(TimeSpan.FromMinutes(71));
        _outbox.Add(callee.Self.Id, 1);
        first.SetResult(TestCallee.Receipt());

        await _outbox.UntilAsync(() => _outbox.Settled.Count == 2);
        Assert.Empty(_outbox.Failed);
    }

    [Fact]
    public async Task Run_PeerNeverAnswers_PutsBackAsPossiblyLeft()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var begun = new TaskCompletionSource();
        callee.Receive = async (_, _, ct) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new InvalidOperationException("Unreachable.");
        };
        _outbox.Add(callee.Self.Id, 1);
        Run();
        await begun.Task;

        while (_outbox.Locked(() => _outbox.Failed.Count) == 0)
        {
            // The caller's timer starts when it looks for an answer; the clock goes on until it has run out.
            _network.Time.Advance(TimeSpan.FromSeconds(45));
            await Task.Yield();
        }

        Assert.True(_outbox.Failed[0].MayHaveLeft);
    }

    [Fact]
    public async Task Run_PeerNeverEndsTheStream_IsAbandonedAndTheNextPacketGoes()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var end = new TaskCompletionSource();
        callee.BeforeStreamEnds = end.Task;
        _outbox.Add(callee.Self.Id, 1);
        Run();
        await _outbox.UntilAsync(() => _outbox.Settled.Count == 1);

        // The sender closes the idle stream and waits for its end, but not for ever.
        var abandoned = _log.WaitAsync(DeliveryFailedEvent);
        while (!abandoned.IsCompleted)
        {
            _network.Time.Advance(TimeSpan.FromSeconds(30));
            await _dialer.Channels.Get(callee.Self.Id).Value.Client.HelloAsync(TestCaller.Hello);
        }

        Assert.Equal(RefusalCode.PeerUnreachable, await abandoned);
        _outbox.Add(callee.Self.Id, 1);
        await _outbox.UntilAsync(() => _outbox.Settled.Count == 2);
        Assert.Empty(_outbox.Failed);
        end.SetResult();
    }

    [Fact]
    public async Task Stop_AnswersOnTheirWay_AreSettledFirst()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var answer = new TaskCompletionSource<DeliveryAnswer>();
        var begun = new TaskCompletionSource();
        callee.Receive = (_, _, _) =>
        {
            begun.TrySetResult();
            return answer.Task;
        };
        _outbox.Add(callee.Self.Id, 1);
        Run();
        await begun.Task;

        var stopping = _stopping.CancelAsync();
        answer.SetResult(TestCallee.Receipt());
        await stopping;
        await _running;

        Assert.Single(_outbox.Settled);
        Assert.Empty(_outbox.Failed);
    }

    [Fact]
    public async Task Stop_PeerThatNeverAnswers_GivesTheLeaseBackAfterAWhile()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        _outbox.KeepsReleased = true;
        var begun = new TaskCompletionSource();
        var never = new TaskCompletionSource<DeliveryAnswer>();
        callee.Receive = (_, _, _) =>
        {
            begun.TrySetResult();
            return never.Task;
        };
        _outbox.Add(callee.Self.Id, 1);
        Run();
        await begun.Task;

        await _stopping.CancelAsync();
        await _running;

        Assert.True(Assert.Single(_outbox.Released).MayHaveLeft);
        Assert.Empty(_outbox.Failed);
        never.SetResult(TestCallee.Receipt());
    }

    [Fact]
    public async Task Called_ManyTimes_HurriesOnce()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var absent = _network.AddPeer();
        absent.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
        _network.Publish();
        var other = _dialer.Channels.Get(callee.Self.Id).Value.Client;
        _outbox.Add(absent.Id, 1);
        Run();
        await _outbox.UntilAsync(() => _outbox.Failed.Count == 1);

        for (var round = 1; round <= 2; round++)
        {
            for (var call = 0; call < 20; call++)
            {
                // Another call in between gives a sender that hurries the time to fail again.
                _dialer.Board.NoteCalled(absent.Id);
                await other.HelloAsync(TestCaller.Hello);
            }

            var hurries = round;
            await _outbox.UntilAsync(() => _outbox.Failed.Count == hurries + 1 && _outbox.Wakes == hurries);
            _network.Time.Advance(TimeSpan.FromSeconds(30));
        }
    }

    private static void AssertSameReceipt(DeliveryAnswer expected, DeliveryAnswer actual) => Assert.Equal(
        ((DeliveryAnswer.Receipted)expected).Receipt.Record.ToArray(),
        ((DeliveryAnswer.Receipted)actual).Receipt.Record.ToArray());

    private void Run() => _running = _worker.RunAsync(_stopping.Token);
}
