using System.Net;
using System.Net.Sockets;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Tests.Support;

namespace CbssReturn.Node.Tests.Tls;

public sealed class SlowConnectionTests : IDisposable
{
    private const int SlowCount = 100;

    private readonly TestNetwork _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Hello_ManyHalfOpenConnections_IsAnsweredAllTheSame()
    {
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(
            _network, listen: new ListenOptions { Port = 0, HandshakesPerAddressMax = 2 * SlowCount });
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < SlowCount; i++)
            {
                var client = new TcpClient();
                slow.Add(client);
                await client.ConnectAsync(callee.Endpoint);

                // Half of them send the head of a TLS record and no more.
                if (i % 2 == 0)
                {
                    await client.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });
                }
            }

            using var caller = new TestCaller(callee, peer.Certificate);
            var hello = await caller.Exchange.HelloAsync(TestCaller.Hello);

            Assert.Equal(1U, hello.ProtocolVersion);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Connection_HandshakeNotFinishedInTime_IsClosed()
    {
        await using var callee = await TestCallee.StartAsync(
            _network, listen: new ListenOptions { Port = 0, HandshakeMs = 100 });
        using var client = new TcpClient();
        await client.ConnectAsync(callee.Endpoint);
        await client.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01 });

        Assert.True(await IsClosedByCalleeAsync(client));
    }

    [Fact]
    public async Task Connection_BeyondThoseAllowedInAll_IsClosed()
    {
        await using var callee = await TestCallee.StartAsync(
            _network, listen: new ListenOptions { Port = 0, ConnectionsMax = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(callee.Endpoint);
        using var second = new TcpClient();
        await second.ConnectAsync(callee.Endpoint);

        Assert.True(await IsClosedByCalleeAsync(second));
    }

    [Fact]
    public async Task HalfOpenConnectionsOfAStranger_LeaveRoomForAMember()
    {
        const int ConnectionsMax = 12;
        var peer = _network.AddPeer();
        await using var callee = await TestCallee.StartAsync(
            _network, listen: new ListenOptions { Port = 0, ConnectionsMax = ConnectionsMax, HandshakeMs = 60_000 });
        var halfOpen = new List<TcpClient>();
        try
        {
            for (var i = 0; i < ConnectionsMax; i++)
            {
                var client = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                halfOpen.Add(client);
                await ConnectAsync(client, callee.Endpoint);
            }

            using var caller = new TestCaller(callee, peer.Certificate);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!await IsAnsweredAsync(caller))
            {
                // Those that are turned away count until they are gone.
                patience.Token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            halfOpen.ForEach(client => client.Dispose());
        }
    }

    private static async Task ConnectAsync(TcpClient client, IPEndPoint endpoint)
    {
        try
        {
            await client.ConnectAsync(endpoint);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Turned away before this end knew that it was connected.
        }
    }

    private static async Task<bool> IsAnsweredAsync(TestCaller caller)
    {
        try
        {
            await caller.Exchange.HelloAsync(TestCaller.Hello);
            return true;
        }
        catch (Grpc.Core.RpcException)
        {
            return false;
        }
    }

    private static async Task<bool> IsClosedByCalleeAsync(TcpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
