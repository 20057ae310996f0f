using System.Collections.Concurrent;
using CbssReturn.Desk.Keys;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Workers;

public sealed class EpochKeyWorkerTests : IAsyncDisposable
{
    private readonly TestNetwork _network = new();
    private readonly TestDialer _dialer;
    private readonly TestOutbox _outbox;
    private readonly EpochKeyWorker _worker;
    private readonly CollectingLog _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<NodeId, int> _learned = new();
    private readonly ConcurrentDictionary<NodeId, int> _looks = new();
    private readonly Condition _changed = new();
    private Func<NodeId, Result<Done>> _learn = _ => Done.Instance;
    private int _ensured;
    private Task _running = Task.CompletedTask;

    public EpochKeyWorkerTests()
    {
        _dialer = new TestDialer(_network, _network.AddPeer());
        _outbox = new TestOutbox(_network.Time);
        _worker = new EpochKeyWorker(
            _dialer.Self.Id,
            new EpochKeyPorts
            {
                Ensure = _ => Note(() => _ensured++),
                NeedsKeysOf = (peer, _) =>
                {
                    _looks.AddOrUpdate(peer, 1, (_, count) => count + 1);
                    return Task.FromResult(!_learned.ContainsKey(peer));
                },
                Learn = (peer, keys, _) => Task.FromResult(Learn(peer, keys)),
                Queued = _outbox.Queued,
            },
            _network.Directory,
            _dialer.Channels,
            _dialer.Board,
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
    public async Task Run_PeerWhoseKeysAreMissing_IsAskedOnce()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Keys = [new SignedKey(new byte[1252], new byte[64]), new SignedKey(new byte[1252], new byte[64])];

        Run();
        await _changed.UntilAsync(() => _learned.GetValueOrDefault(callee.Self.Id) == 2);

        Assert.True(_ensured > 0);
    }

    [Fact]
    public async Task Run_PeerWhoseKeysAreThere_IsToldThatThisNodeIsBack()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        _learned[callee.Self.Id] = 1;
        var called = new TaskCompletionSource<NodeId>();
        callee.Board.Called += (_, peer) => called.TrySetResult(peer);

        Run();

        Assert.Equal(_dialer.Self.Id, await called.Task.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Run_PeerNotUpYet_IsAskedAgainWhenItCalls()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var endpoint = callee.Self.Endpoint;
        callee.Self.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
        _network.Publish();
        Run();
        Assert.Equal(RefusalCode.PeerUnreachable, await _log.WaitAsync(6023));

        callee.Self.Endpoint = endpoint;
        _network.Publish();
        _dialer.Board.NoteCalled(callee.Self.Id);

        await _changed.UntilAsync(() => _learned.ContainsKey(callee.Self.Id));
    }

    [Fact]
    public async Task Run_PeerNotUpYet_IsAskedAgainAfterAWhile()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var failed = false;
        _learn = _ => failed
            ? Done.Instance
            : new Refusal(RefusalCode.EpochKeyInvalid, "The first answer is not valid.");
        Run();
        Assert.Equal(RefusalCode.EpochKeyInvalid, await _log.WaitAsync(6023));
        failed = true;

        var learned = _changed.UntilAsync(() => _learned.ContainsKey(callee.Self.Id));
        while (!learned.IsCompleted)
        {
            _network.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        await learned;
    }

    [Fact]
    public async Task Run_ADayLater_LooksAgain()
    {
        Run();
        await _changed.UntilAsync(() => _ensured == 1);

        var again = _changed.UntilAsync(() => _ensured > 1);
        while (!again.IsCompleted)
        {
            _network.Time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        await again;
    }

    [Fact]
    public async Task Called_ManyTimes_AsksThatPeerOnce()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        await using var other = await TestCallee.StartAsync(_network);
        _learn = peer => peer == other.Self.Id
            ? Done.Instance
            : new Refusal(RefusalCode.EpochKeyInvalid, "The answer is not valid.");
        Run();
        await _changed.UntilAsync(() => _learned.ContainsKey(other.Self.Id));
        await _log.WaitAsync(6023);
        var othersLooks = _looks[other.Self.Id];

        CallOften(callee.Self.Id);
        await _log.WaitAsync(6023);
        CallOften(callee.Self.Id);
        Assert.Equal((2, othersLooks), (_looks[callee.Self.Id], _looks[other.Self.Id]));

        // A new directory is looked at as a whole, and after what went before.
        _network.Publish();
        await _log.WaitAsync(6023);
        Assert.Equal(3, _looks[callee.Self.Id]);
    }

    private void CallOften(NodeId peer)
    {
        for (var call = 0; call < 10; call++)
        {
            _dialer.Board.NoteCalled(peer);
        }
    }

    private Result<Done> Learn(NodeId peer, IReadOnlyList<SignedKey> keys)
    {
        var learned = _learn(peer);
        if (learned.IsOk)
        {
            _learned[peer] = keys.Count;
            _changed.Pulse();
        }

        return learned;
    }

    private Task Note(Action note)
    {
        note();
        _changed.Pulse();
        return Task.CompletedTask;
    }

    private void Run() => _running = _worker.RunAsync(_stopping.Token);
}
