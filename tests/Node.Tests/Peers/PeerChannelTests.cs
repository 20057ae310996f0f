using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Peers;

/// <summary>Whom a node believes when it calls.</summary>
public sealed class PeerChannelTests : IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly TestPeer _self;
    private readonly TestDialer _dialer;

    public PeerChannelTests()
    {
        _self = _network.AddPeer();
        _dialer = new TestDialer(_network, _self);
    }

    public void Dispose()
    {
        _dialer.Dispose();
        _network.Dispose();
    }

    [Fact]
    public async Task Greet_NodeThatWasCalled_IsDone()
    {
        await using var callee = await TestCallee.StartAsync(_network);

        Assert.True((await GreetAsync(callee.Self)).IsOk);
    }

    [Fact]
    public async Task Greet_AnotherNodeAnswers_IsRefused()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var called = _network.AddPeer();
        called.Endpoint = callee.Self.Endpoint;
        _network.Publish();

        Assert.Equal(RefusalCode.PeerIdentityWrong, (await GreetAsync(called)).Refusal.Code);
    }

    [Theory]
    [InlineData(CertificateUsages.None, RefusalCode.CertificateUsageMissing)]
    [InlineData(CertificateUsages.Client, RefusalCode.CertificateUsageWrong)]
    internal async Task Greet_CertificateNotForServers_IsRefused(CertificateUsages usages, RefusalCode code)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Self.Use(callee.Self.Issue(_network.Authority, _network.Period, usages));
        callee.WriteCertificate();
        Assert.True(callee.Certificate.Reload().Value);

        Assert.Equal(code, (await GreetAsync(callee.Self)).Refusal.Code);
    }

    [Fact]
    public async Task Greet_NobodyListens_IsRefused()
    {
        var absent = _network.AddPeer();
        await using (var callee = await TestCallee.StartAsync(_network))
        {
            absent.Endpoint = callee.Self.Endpoint;
        }

        _network.Publish();

        Assert.Equal(RefusalCode.PeerUnreachable, (await GreetAsync(absent)).Refusal.Code);
    }

    [Fact]
    public async Task Greet_CalleeDoesNotAnswer_EndsAtTheDeadline()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var silent = _network.AddPeer();
        silent.Endpoint = PeerEndpoint.Parse(listener.LocalEndpoint.ToString()!).Value;
        _network.Publish();
        var greeting = GreetAsync(silent);
        using var connection = await listener.AcceptTcpClientAsync();

        _network.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RefusalCode.PeerUnreachable, (await greeting).Refusal.Code);
    }

    [Fact]
    public void Get_NodeThatMustNotBeCalled_IsRefused()
    {
        var suspended = _network.AddPeer();
        suspended.IsSuspended = true;
        var mute = _network.AddPeer();
        _network.Publish();

        Assert.Equal(RefusalCode.PeerSuspended, _dialer.Channels.Get(suspended.Id).Refusal.Code);
        Assert.Equal(RefusalCode.PeerUnreachable, _dialer.Channels.Get(mute.Id).Refusal.Code);
        Assert.Equal(RefusalCode.RecipientUnknown, _dialer.Channels.Get(NodeId.NewRandom()).Refusal.Code);
        Assert.Equal(RefusalCode.RecipientUnknown, _dialer.Channels.Get(_self.Id).Refusal.Code);
        _network.Time.SetUtcNow(TestNetwork.Start.AddDays(90));
        Assert.Equal(RefusalCode.DirectoryExpired, _dialer.Channels.Get(suspended.Id).Refusal.Code);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("moved")]
    [InlineData("repinned")]
    public async Task OpenStream_CalleeChangedInTheDirectory_IsEndedHere(string change)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var call = _dialer.Channels.Get(callee.Self.Id).Value.Client.Deliver();
        Assert.True((await GreetAsync(callee.Self)).IsOk);
        using var successor = new TestPeer(_network);

        switch (change)
        {
            case "suspended":
                callee.Self.IsSuspended = true;
                break;
            case "moved":
                callee.Self.Endpoint = PeerEndpoint.Parse("127.0.0.1:1").Value;
                break;
            default:
                callee.Self.Use(successor.Certificate);
                break;
        }

        _network.Publish();

        await Assert.ThrowsAnyAsync<Exception>(() => call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Get_AfterRenewalOfTheOwnCertificate_ShowsTheNewOne()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var before = _dialer.Channels.Get(callee.Self.Id).Value;
        _self.Use(_self.Issue(_network.Authority, _network.Period, CertificateUsages.Both));
        _dialer.WriteCertificate();

        Assert.True(_dialer.Certificate.Reload().Value);

        Assert.NotSame(before, _dialer.Channels.Get(callee.Self.Id).Value);
        Assert.True((await GreetAsync(callee.Self)).IsOk);
    }

    private Task<Result<Done>> GreetAsync(TestPeer callee) =>
        _dialer.Channels.Get(callee.Id).Value.GreetAsync(CancellationToken.None);
}
