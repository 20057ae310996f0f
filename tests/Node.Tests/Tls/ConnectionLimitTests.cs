using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using Google.Rpc;
using Grpc.Core;

namespace CbssReturn.Node.Tests.Tls;

public sealed class ConnectionLimitTests : IDisposable
{
    private const int PeerRefusedEvent = 6001;

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Connection_BeyondThoseOfOnePeer_IsRefusedAndAnotherPeerIsNot()
    {
        var greedy = _network.AddPeer();
        var other = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(
            _network, new LimitOptions { ConnectionsPerPeerMax = 1 });
        using var first = new TestCaller(callee, greedy.Certificate);
        using var second = new TestCaller(callee, greedy.Certificate);
        using var third = new TestCaller(callee, other.Certificate);
        await first.Exchange.HelloAsync(TestCaller.Hello);

        await Assert.ThrowsAsync<RpcException>(async () => await second.Exchange.HelloAsync(TestCaller.Hello));

        Assert.Equal(RefusalCode.LimitReached, await callee.Log.WaitAsync(PeerRefusedEvent));
        await third.Exchange.HelloAsync(TestCaller.Hello);
    }

    [Fact]
    public async Task Calls_FasterThanAllowed_AreTurnedAwayWithAMoment()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network, new LimitOptions { CallsPerSecondMax = 1 });
        using var caller = new TestCaller(callee, peer.Certificate);
        await caller.Exchange.HelloAsync(TestCaller.Hello);
        await caller.Exchange.HelloAsync(TestCaller.Hello);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await caller.Exchange.HelloAsync(TestCaller.Hello));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        var retry = failure.GetRpcStatus()!.GetDetail<RetryInfo>()!;
        Assert.Equal(TimeSpan.FromSeconds(1), retry.RetryDelay.ToTimeSpan());
        _network.Time.Advance(TimeSpan.FromSeconds(1));
        await caller.Exchange.HelloAsync(TestCaller.Hello);
    }

    [Fact]
    public async Task Streams_BeyondThoseOfOnePeer_AreTurnedAway()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network, new LimitOptions { StreamsPerPeerMax = 1 });
        using var caller = new TestCaller(callee, peer.Certificate);
        using var first = caller.Exchange.Deliver();
        await caller.Exchange.HelloAsync(TestCaller.Hello);
        using var second = caller.Exchange.Deliver();

        var failure = await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.NotNull(failure.GetRpcStatus()!.GetDetail<RetryInfo>());
    }
}
