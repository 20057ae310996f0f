using CbssReturn.Node.Certificates;
using CbssReturn.Node.Files;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using Grpc.Core;
using Grpc.HealthCheck;

namespace CbssReturn.Node.Tests.Tls;

/// <summary>What a new directory or certificate does to connections that are open.</summary>
public sealed class RevocationTests : IDisposable
{
    private const int ConnectionAbortedEvent = 6002;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task OpenStream_PeerSuspended_IsAbortedAtOnceAndOthersStay()
    {
        var suspended = _network.AddPeer();
        var other = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, suspended.Certificate);
        using var otherCaller = new TestCaller(callee, other.Certificate);
        using var stream = caller.Exchange.Deliver();
        using var otherStream = otherCaller.Exchange.Deliver();
        await caller.Exchange.HelloAsync(TestCaller.Hello);
        await otherCaller.Exchange.HelloAsync(TestCaller.Hello);

        suspended.IsSuspended = true;
        _network.Publish();

        await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));
        Assert.Null(await callee.Log.WaitAsync(ConnectionAbortedEvent));
        Assert.Equal(1U, (await otherCaller.Exchange.HelloAsync(TestCaller.Hello)).ProtocolVersion);
    }

    [Fact]
    public async Task OpenStream_PeerRepinned_IsAborted()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await caller.Exchange.HelloAsync(TestCaller.Hello);

        using var successor = new TestPeer(_network);
        peer.Use(successor.Certificate);
        _network.Publish();

        await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Connection_CertificateRunsOut_IsNoLongerAnswered()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, peer.Certificate);
        await caller.Exchange.HelloAsync(TestCaller.Hello);

        _network.Time.SetUtcNow(TestNetwork.Start.AddDays(31));

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await caller.Exchange.HelloAsync(TestCaller.Hello));
        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
    }

    [Fact]
    public async Task DirectoryEnds_OpenStream_IsEndedWithinASecond()
    {
        var peer = _network.AddPeer();
        _network.ExpiresAt = TestNetwork.Start.AddMinutes(10);
        await using var callee = await TestCallee.StartAsync(_network);
        using var folder = new TestFolder();
        var worker = new DirectoryWorker(
            folder.File("directory"),
            _network.Directory,
            new FileWatch(),
            callee.Certificate,
            new NodeReadiness(
                callee.Self.Id,
                callee.Self.Identity.Kid,
                _network.Directory,
                callee.Certificate,
                new AuditBoard(_network.Time, callee.Log),
                new HealthServiceImpl(),
                callee.Log),
            (_, _) => Task.CompletedTask,
            callee.Connections.EndAll,
            _network.Time,
            callee.Log);
        using var stopping = new CancellationTokenSource();
        _network.Time.SetUtcNow(_network.ExpiresAt - TimeSpan.FromMilliseconds(500));
        var running = worker.RunAsync(stopping.Token);
        using var caller = new TestCaller(callee, peer.Certificate);
        using var stream = caller.Exchange.Deliver();
        await caller.Exchange.HelloAsync(TestCaller.Hello);

        _network.Time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default).WaitAsync(Patience));
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Reload_RenewedCertificate_ServesNewHandshakesWithoutRestart()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var before = new TestCaller(callee, peer.Certificate);
        await before.Exchange.HelloAsync(TestCaller.Hello);
        callee.Self.Use(callee.Self.Issue(_network.Authority, _network.Period, CertificateUsages.Both));
        callee.WriteCertificate();

        Assert.True(callee.Certificate.Reload().Value);
        using var after = new TestCaller(callee, peer.Certificate);
        await after.Exchange.HelloAsync(TestCaller.Hello);
        await before.Exchange.HelloAsync(TestCaller.Hello);

        Assert.Equal(callee.Self.Certificate.Thumbprint, after.SeenThumbprint);
        Assert.NotEqual(before.SeenThumbprint, after.SeenThumbprint);
    }

    [Fact]
    public async Task Reload_CertificateOfAnotherKey_IsRefusedAndTheOldOneStays()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var stranger = new TestPeer(_network);
        Assert.True(CertificateFiles.Write(callee.CertificatePath, stranger.Certificate).IsOk);

        var reloaded = callee.Certificate.Reload();
        using var caller = new TestCaller(callee, peer.Certificate);
        await caller.Exchange.HelloAsync(TestCaller.Hello);

        Assert.Equal(RefusalCode.CertificateUnusable, reloaded.Refusal.Code);
        Assert.Equal(callee.Self.Certificate.Thumbprint, caller.SeenThumbprint);
    }

    [Fact]
    public async Task Reload_SameCertificate_ChangesNothing()
    {
        await using var callee = await TestCallee.StartAsync(_network);

        Assert.False(callee.Certificate.Reload().Value);
    }
}
