using System.Net.Sockets;
using Grpc.Net.Client;

namespace CbssReturn.Node.Tests.Support;

/// <summary>Calls a desk over its Unix domain socket.</summary>
internal static class DeskSocket
{
    /// <summary>Prepares the way; nothing is connected yet.</summary>
    public static GrpcChannel Connect(string path) => GrpcChannel.ForAddress("http://desk", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });
}
