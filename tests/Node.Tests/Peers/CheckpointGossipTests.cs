using CbssReturn.AuditLog;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Peers;

/// <summary>Every call carries the caller's newest checkpoint, and two of one log that contradict each other are found
/// and kept.</summary>
public sealed class CheckpointGossipTests : IAsyncDisposable
{
    private const int ContradictsLine = 6042;
    private const int RefusedLine = 6043;

    private readonly TestNetwork _network = new();
    private readonly List<TestAudit> _nodes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _network.Dispose();
    }

    [Fact]
    public async Task Call_AfterACheckpoint_CarriesItAndItIsKept()
    {
        var (caller, callee) = (await AddAsync(), await AddAsync());
        await using var host = await TestCallee.StartAsync(_network, audit: callee);
        using var dialer = new TestDialer(_network, caller.Self);
        var checkpoint = await caller.PublishAsync();
        dialer.Checkpoint.Set(checkpoint.Note);

        await GreetAsync(dialer, callee);

        var (from, note) = await host.Inbox.TakeAsync(default);
        Assert.Equal(caller.Self.Id, from);
        Assert.Equal(checkpoint.Note.ToBytes(), note);
        Assert.True((await callee.Services.See.TakeAsync(from, note, default)).IsOk);
        Assert.Equal(note, (await callee.Store.GetSeenAsync(caller.Origin, default)).Single().Note.ToArray());
    }

    [Fact]
    public async Task Call_SameCheckpointAgain_IsNotLookedAtTwice()
    {
        var (caller, callee) = (await AddAsync(), await AddAsync());
        await using var host = await TestCallee.StartAsync(_network, audit: callee);
        using var dialer = new TestDialer(_network, caller.Self);
        dialer.Checkpoint.Set((await caller.PublishAsync()).Note);

        await GreetAsync(dialer, callee);
        await CallAsync(dialer, callee);

        Assert.True(host.Inbox.TryTake(out _, out _));
        Assert.False(host.Inbox.TryTake(out _, out _));
    }

    [Fact]
    public async Task Call_TwoFacesOfOneLog_AreKeptAndTold()
    {
        var (caller, callee) = (await AddAsync(), await AddAsync());
        await using var host = await TestCallee.StartAsync(_network, audit: callee);
        using var stopping = new CancellationTokenSource();
        var listening = new GossipLoop(host.Inbox, callee.Services.See, _network.Time, host.Log)
            .RunAsync(stopping.Token);
        using var dialer = new TestDialer(_network, caller.Self);
        var (one, other) = (await caller.PublishAsync(), caller.Forge(4));

        dialer.Checkpoint.Set(one.Note);
        await GreetAsync(dialer, callee);
        dialer.Checkpoint.Set(other);
        await CallAsync(dialer, callee);

        Assert.Equal(RefusalCode.SplitView, await host.Log.WaitAsync(ContradictsLine));
        var seen = await callee.Store.GetSeenAsync(caller.Origin, default);
        Assert.Contains(seen, kept => kept.Note.Span.SequenceEqual(one.Note.ToBytes()));
        Assert.Contains(seen, kept => kept.IsEvidence && kept.Note.Span.SequenceEqual(other.ToBytes()));
        await stopping.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task Call_CheckpointOfAnotherLog_IsRefusedAndTheCallGoesOn()
    {
        var (caller, callee) = (await AddAsync(), await AddAsync());
        await using var host = await TestCallee.StartAsync(_network, audit: callee);
        using var stopping = new CancellationTokenSource();
        var listening = new GossipLoop(host.Inbox, callee.Services.See, _network.Time, host.Log)
            .RunAsync(stopping.Token);
        using var dialer = new TestDialer(_network, caller.Self);
        dialer.Checkpoint.Set((await callee.PublishAsync()).Note);

        await GreetAsync(dialer, callee);

        Assert.Equal(RefusalCode.NoteSignatureWrong, await host.Log.WaitAsync(RefusedLine));
        await stopping.CancelAsync();
        await listening;
    }

    [Fact]
    public void Put_ACallerThatFloods_LeavesRoomForOthers()
    {
        var (inbox, flooder, other) = (new CheckpointInbox(), NodeId.NewRandom(), NodeId.NewRandom());
        for (var i = 0; i < 1000; i++)
        {
            inbox.Put(flooder, Convert.ToBase64String(BitConverter.GetBytes(i)));
        }

        inbox.Put(other, "AAAA");

        var callers = new List<NodeId>();
        while (inbox.TryTake(out var caller, out _))
        {
            callers.Add(caller);
        }

        Assert.Equal(CheckpointInbox.WaitingPerCallerMax, callers.Count(caller => caller == flooder));
        Assert.Contains(other, callers);
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("AAAA=AAA")]
    [InlineData("")]
    public async Task Call_HeaderThatIsNoBase64_GoesOnAndNothingIsTaken(string header)
    {
        var (caller, callee) = (await AddAsync(), await AddAsync());
        await using var host = await TestCallee.StartAsync(_network, audit: callee);
        using var peer = new TestCaller(host, caller.Self.Certificate, header);

        Assert.Equal(1U, (await peer.Exchange.HelloAsync(TestCaller.Hello)).ProtocolVersion);
        Assert.False(host.Inbox.TryTake(out _, out _));
    }

    [Fact]
    public void Set_NoteWithMoreCosignaturesThanFit_DropsTheLastOfThem()
    {
        using var key = NoteKey.FromSeed(new byte[NoteKey.SeedSizeBytes]);
        var checkpoint = new Checkpoint("log.test/x", 4, Digest.Of([1]));
        var note = CheckpointSigning.Sign(checkpoint, key);
        var lines = Enumerable.Range(0, 60)
            .Select(i => Cosignature.Sign(checkpoint, $"witness-{i:d3}.test", key, DateTimeOffset.UnixEpoch));
        var header = new CheckpointHeader();

        header.Set(note.With(lines).Value);

        var sent = header.Note!.Value;
        Assert.InRange(sent.Length, CheckpointHeader.SentSizeBytesMax - 200, CheckpointHeader.SentSizeBytesMax);
        var read = SignedNote.Parse(sent.Span).Value;
        Assert.True(read.Signatures[0].IsOf(VerifierKey.OfLog("log.test/x", key.Public)));
    }

    private static Task<Result<Done>> GreetAsync(TestDialer dialer, TestAudit callee) =>
        dialer.Channels.Get(callee.Self.Id).Value.GreetAsync(default);

    private static async Task CallAsync(TestDialer dialer, TestAudit callee) =>
        Assert.True((await dialer.Channels.Get(callee.Self.Id).Value.CallAsync(
            (client, ct) => client.GetEpochKeysAsync(new(), cancellationToken: ct), default)).IsOk);

    private async Task<TestAudit> AddAsync()
    {
        var node = await TestAudit.CreateAsync(_network);
        _nodes.Add(node);
        return node;
    }
}
