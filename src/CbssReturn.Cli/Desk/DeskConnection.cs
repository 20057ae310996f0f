using System.Net.Sockets;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Outcomes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CbssReturn.Cli.Desk;

/// <summary>A connection to the desk of one node over its Unix domain socket.</summary>
internal sealed class DeskConnection : IDisposable
{
    /// <summary>How long one call may take; the desk promises an answer within it (desk_service.proto).</summary>
    public static readonly TimeSpan CallTimeMax = TimeSpan.FromSeconds(30);

    // A section is at most 4 MiB; the rest of its answer is small.
    private const int AnswerSizeBytesMax = 5 * 1024 * 1024;

    private readonly GrpcChannel _channel;
    private readonly DeskService.DeskServiceClient _client;
    private readonly Metadata _metadata;
    private readonly TimeProvider _clock;

    /// <summary>Makes a connection; nothing is sent before the first call.</summary>
    /// <param name="address">Where the desk is, and who calls.</param>
    /// <param name="clock">Clock for deadlines.</param>
    public DeskConnection(DeskAddress address, TimeProvider clock)
    {
        _clock = clock;
        _metadata = address.Token is null ? [] : new Metadata { { "authorization", $"Bearer {address.Token}" } };
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = (_, stop) => ConnectAsync(address.SocketPath, stop),
                UseProxy = false,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = AnswerSizeBytesMax,
            ThrowOperationCanceledOnCancellation = true,
        });
        _client = new DeskService.DeskServiceClient(_channel);
    }

    /// <summary>Makes one call.</summary>
    /// <param name="call">Starts the call on the generated client.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The answer, or the desk's refusal.</returns>
    public async Task<Result<T>> CallAsync<T>(
        Func<DeskService.DeskServiceClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken stop)
        where T : notnull
    {
        try
        {
            var deadline = (_clock.GetUtcNow() + CallTimeMax).UtcDateTime;
            using var running = call(_client, new CallOptions(_metadata, deadline, stop));
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            return DeskRefusal.From(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken stop)
    {
#pragma warning disable IDISP001 // The stream that is returned owns the socket.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
#pragma warning restore IDISP001
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
