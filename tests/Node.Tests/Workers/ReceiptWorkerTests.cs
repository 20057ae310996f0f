using System.Collections.Concurrent;
using CbssReturn.Desk.Receipts;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>A node asks for the final receipts of its packets, over real TLS.</summary>
public sealed class ReceiptWorkerTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly TestNetwork _network = new();
    private readonly CollectingLog _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Condition _changed = new();
    private readonly ConcurrentDictionary<PacketId, RowId> _owed = new();
    private readonly ConcurrentDictionary<PacketId, bool> _final = new();
    private readonly ConcurrentQueue<int> _calls = new();
    private TestDialer _dialer = null!;  // set before each test
    private TestCallee _callee = null!;  // likewise
    private ReceiptWorker _worker = null!;  // likewise
    private Task _running = Task.CompletedTask;
    private DateTimeOffset _calledAt;
    private volatile bool _isCalling;
    private volatile int _looks;

    public async Task InitializeAsync()
    {
        _dialer = new TestDialer(_network, _network.AddPeer());
        _callee = await TestCallee.StartAsync(_network);
        _callee.FinalReceipts = (ids, peer) => Give(ids, peer);
        var ports = new ReceiptPorts
        {
            Peers = _ => Task.FromResult(Peers()),
            Waiting = (_, behind, _) => Task.FromResult<IReadOnlyList<UnprovenPacket>>(List(behind)),
            Take = (_, asked, answers, _) => Task.FromResult(Take(asked, answers)),
        };
        _worker = new ReceiptWorker(
            ports, _dialer.Channels, _dialer.Board, _network.Directory, Interval, _network.Time, _log);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _callee.DisposeAsync();
    }

    public void Dispose()
    {
        _worker.Dispose();
        _dialer.Dispose();
        _stopping.Dispose();
        _log.Dispose();
        _network.Dispose();
    }

    [Fact]
    public async Task Run_ReceiptsOwedSinceBeforeTheStart_AreAskedForAtOnce()
    {
        Owe(150, areFinal: true);

        Run();
        await _changed.UntilAsync(() => _owed.IsEmpty);

        Assert.Equal([64, 64, 22], _calls);
    }

    [Fact]
    public async Task NoteSettled_APacketIsAnsweredFor_AsksAnIntervalLater()
    {
        Owe(1, areFinal: true);
        var settledAt = _network.Time.GetUtcNow();

        _worker.NoteSettled(_callee.Self.Id);
        _worker.NoteSettled(_callee.Self.Id);
        Run();
        await AdvanceUntilAsync(() => _owed.IsEmpty);

        Assert.Single(_calls);
        Assert.True(_calledAt - settledAt >= Interval);
    }

    [Fact]
    public async Task Run_NothingIsFinalYet_AsksLessAndLessOftenUntilItIs()
    {
        Owe(3, areFinal: false);
        Run();
        var start = _network.Time.GetUtcNow();

        await AdvanceUntilAsync(() => _calls.Count == 5);
        Assert.True(_network.Time.GetUtcNow() - start >= 4 * Interval);
        Assert.Equal(3, _owed.Count);

        foreach (var id in _owed.Keys)
        {
            _final[id] = true;
        }

        await AdvanceUntilAsync(() => _owed.IsEmpty);
    }

    [Fact]
    public async Task Run_PeerThatGaveNothingCalls_IsAskedAtOnce()
    {
        var endpoint = _callee.Self.Endpoint;
        _callee.Self.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
        _network.Publish();
        Owe(2, areFinal: true);
        Run();
        Assert.Equal(RefusalCode.PeerUnreachable, await _log.WaitAsync(6026));
        _callee.Self.Endpoint = endpoint;
        _network.Publish();

        _dialer.Board.NoteCalled(_callee.Self.Id);

        await _changed.UntilAsync(() => _owed.IsEmpty);
    }

    [Fact]
    public async Task Run_ManyThatNeverBecomeFinal_DoNotHoldUpThoseBehindThem()
    {
        Owe(ReceiptCall.CallsMax * GiveFinalReceipts.PacketsMax, areFinal: false);
        Owe(5, areFinal: true);
        Run();

        await AdvanceUntilAsync(() => !_owed.Keys.Any(_final.ContainsKey));

        Assert.Equal(ReceiptCall.CallsMax * GiveFinalReceipts.PacketsMax, _owed.Count);
    }

    [Fact]
    public async Task Run_SettledPeerOwesNothing_LooksOnceAndRests()
    {
        _worker.NoteSettled(_callee.Self.Id);
        var dueAt = _network.Time.GetUtcNow() + (2 * Interval);
        Run();
        await AdvanceUntilAsync(() => _looks >= 3 && _network.Time.GetUtcNow() > dueAt);
        var looks = _looks;
        var more = _changed.UntilAsync(() => _looks > looks);

        // That nothing happens has no event. A look takes microseconds, so these pauses are long ones.
        for (var i = 0; i < 20; i++)
        {
            _network.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(more, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        Assert.False(more.IsCompleted);
        Assert.Empty(_calls);
    }

    private IReadOnlyList<NodeId> Peers()
    {
        Interlocked.Increment(ref _looks);
        _changed.Pulse();
        return _owed.IsEmpty ? [] : [_callee.Self.Id];
    }

    private void Run() => _running = Task.Run(() => _worker.RunAsync(_stopping.Token));

    private void Owe(int count, bool areFinal)
    {
        for (var i = 0; i < count; i++)
        {
            var id = PacketId.NewRandom();
            if (areFinal)
            {
                _final[id] = true;
            }

            _owed[id] = RowId.New(_network.Time);
            _network.Time.Advance(TimeSpan.FromMilliseconds(1));  // row ids are in order of time
        }
    }

    private UnprovenPacket[] List(RowId behind)
    {
        UnprovenPacket[] waiting =
        [
            .. _owed.Where(pair => pair.Value.CompareTo(behind) > 0)
                .OrderBy(pair => pair.Value)
                .Take(GiveFinalReceipts.PacketsMax)
                .Select(pair => new UnprovenPacket(pair.Value, pair.Key)),
        ];
        _isCalling = waiting.Length > 0;
        return waiting;
    }

    private IReadOnlyList<FinalReceipt> Give(IReadOnlyList<PacketId> ids, NodeId peer)
    {
        _calls.Enqueue(ids.Count);
        _calledAt = _network.Time.GetUtcNow();
        _changed.Pulse();
        return peer == _dialer.Self.Id
            ? [.. ids.Where(_final.ContainsKey).Select(id => new FinalReceipt(
                TestCallee.Receipt().Receipt, id.ToArray(), new byte[100]))]
            : [];
    }

    // The id of the packet stands in place of the entry here: what is true is for other tests to say.
    private TakenReceipts Take(IReadOnlyList<UnprovenPacket> asked, IReadOnlyList<FinalReceipt> answers)
    {
        var kept = answers.Count(answer => asked.Any(packet => answer.Entry.Span.SequenceEqual(packet.Id.ToArray()))
            && _owed.TryRemove(PacketId.FromBytes(answer.Entry.Span), out _));
        _isCalling = false;
        _changed.Pulse();
        return new TakenReceipts(kept, 0);
    }

    private async Task AdvanceUntilAsync(Func<bool> isMet)
    {
        var met = _changed.UntilAsync(isMet);
        while (!met.IsCompleted)
        {
            // A call under way has its own time, which must not run away.
            await _changed.UntilAsync(() => !_isCalling || isMet());
            _network.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        await met;
    }
}
