using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using Grpc.Core;

namespace CbssReturn.Node.Tests.Tls;

/// <summary>Who gets past the handshake of a real host, and which code the log gives to who does not.</summary>
public sealed class HandshakeTests : IDisposable
{
    private const int PeerRefusedEvent = 6001;

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Hello_PinnedCertificateOfTheAuthority_IsAnswered()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, peer.Certificate);

        var hello = await caller.Exchange.HelloAsync(TestCaller.Hello);

        Assert.Equal(callee.Self.Id.ToArray(), hello.NodeId.ToByteArray());
        Assert.Equal(_network.Directory.Now.Version, hello.DirectoryVersion);
        Assert.NotNull(callee.Board.Of(peer.Id).LastContactAt);
    }

    [Fact]
    public async Task Handshake_OlderTls_IsRefused()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, peer.Certificate, protocols: SslProtocols.Tls12);

        await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.HelloAsync(TestCaller.Hello));
    }

    [Fact]
    public Task Handshake_NoCertificate_IsRefused() => AssertRefusedAsync(_ => null, RefusalCode.CertificateMissing);

    [Fact]
    public Task Handshake_NoUsage_IsRefused() => AssertRefusedAsync(
        peer => peer.Issue(_network.Authority, _network.Period, CertificateUsages.None),
        RefusalCode.CertificateUsageMissing);

    [Fact]
    public Task Handshake_ServerUsageOnly_IsRefused() => AssertRefusedAsync(
        peer => peer.Issue(_network.Authority, _network.Period, CertificateUsages.Server),
        RefusalCode.CertificateUsageWrong);

    [Fact]
    public Task Handshake_Expired_IsRefused() => AssertRefusedAsync(
        peer => peer.Issue(
            _network.Authority,
            new CertificatePeriod(TestNetwork.Start.AddDays(-2), TestNetwork.Start.AddSeconds(-1)),
            CertificateUsages.Both),
        RefusalCode.CertificateNotInTime);

    [Fact]
    public Task Handshake_NotYetValid_IsRefused() => AssertRefusedAsync(
        peer => peer.Issue(
            _network.Authority,
            new CertificatePeriod(TestNetwork.Start.AddMinutes(1), TestNetwork.Start.AddDays(2)),
            CertificateUsages.Both),
        RefusalCode.CertificateNotInTime);

    [Fact]
    public async Task Handshake_OtherAuthority_IsRefused()
    {
        using var other = _network.MakeAuthority();

        await AssertRefusedAsync(
            peer => peer.Issue(other, _network.Period, CertificateUsages.Both), RefusalCode.CertificateAuthorityOther);
    }

    [Fact]
    public Task Handshake_SelfSignedUnderAnAuthority_IsRefused() => AssertRefusedAsync(
        peer => peer.Issue(null, _network.Period, CertificateUsages.Both), RefusalCode.CertificateAuthorityOther);

    [Fact]
    public async Task Handshake_NotPinned_IsRefused()
    {
        using var stranger = new TestPeer(_network);

        await AssertRefusedAsync(_ => stranger.Certificate, RefusalCode.CertificateNotPinned);
    }

    [Fact]
    public async Task Handshake_RsaKey_IsRefused()
    {
        using var key = RSA.Create(2048);
        using var bare = CertificateIssuer.MakeNode(_network.Authority, key, "127.0.0.1", _network.Period);
        using var certificate = bare.CopyWithPrivateKey(key);

        await AssertRefusedAsync(_ => certificate, RefusalCode.CertificateKeyKind);
    }

    [Fact]
    public async Task Handshake_OtherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var bare = CertificateIssuer.MakeNode(_network.Authority, key, "127.0.0.1", _network.Period);
        using var certificate = bare.CopyWithPrivateKey(key);

        await AssertRefusedAsync(_ => certificate, RefusalCode.CertificateKeyKind);
    }

    [Fact]
    public Task Handshake_SuspendedPeer_IsRefused() => AssertRefusedAsync(
        peer =>
        {
            peer.IsSuspended = true;
            return peer.Certificate;
        },
        RefusalCode.PeerSuspended);

    [Fact]
    public async Task Handshake_DirectoryEnded_IsRefused()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network);
        peer.Use(peer.Issue(
            _network.Authority,
            new CertificatePeriod(TestNetwork.Start, TestNetwork.Start.AddDays(200)),
            CertificateUsages.Both));
        _network.Time.SetUtcNow(TestNetwork.Start.AddDays(90));
        using var caller = new TestCaller(callee, peer.Certificate);

        await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.HelloAsync(TestCaller.Hello));

        Assert.Equal(RefusalCode.DirectoryExpired, await callee.Log.WaitAsync(PeerRefusedEvent));
    }

    [Fact]
    public async Task Handshake_SelfSignedWithoutAnAuthority_IsAccepted()
    {
        var peer = _network.AddPeer();
        peer.Use(peer.Issue(null, _network.Period, CertificateUsages.Both));
        await using var callee = await TestCallee.StartAsync(_network, withAuthority: false);
        using var caller = new TestCaller(callee, peer.Certificate);

        var hello = await caller.Exchange.HelloAsync(TestCaller.Hello);

        Assert.Equal(1U, hello.ProtocolVersion);
    }

    [Fact]
    public async Task Handshake_SignedByAnyAuthorityWithoutAConfiguredOne_IsAcceptedByItsPin()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(_network, withAuthority: false);
        using var caller = new TestCaller(callee, peer.Certificate);

        var hello = await caller.Exchange.HelloAsync(TestCaller.Hello);

        Assert.Equal(1U, hello.ProtocolVersion);
    }

    private async Task AssertRefusedAsync(Func<TestPeer, X509Certificate2?> show, RefusalCode code)
    {
        var peer = _network.AddPeer();
        var shown = show(peer);
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, shown);

        await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.HelloAsync(TestCaller.Hello));

        Assert.Equal(code, await callee.Log.WaitAsync(PeerRefusedEvent));
        Assert.Equal(0, callee.Connections.Count);
    }
}
