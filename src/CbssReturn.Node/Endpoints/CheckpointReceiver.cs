using CbssReturn.Node.Peers;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CbssReturn.Node.Endpoints;

/// <summary>Takes the caller's checkpoint off every call of another node that was let in; off a stream at its start,
/// because it may last for hours. Whatever is wrong with it, the call goes on: a packet for a person does not wait for
/// an auditor's question.</summary>
internal sealed class CheckpointReceiver(CheckpointInbox inbox) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        // Who calls more often than he may is not listened to either.
        var response = await continuation(request, context);
        Take(context);
        return response;
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Take(context);
        return continuation(requestStream, responseStream, context);
    }

    // Read as text: the gRPC library would fail a call over base64 that is not well formed.
    private void Take(ServerCallContext context)
    {
        if (context.GetHttpContext().Request.Headers.TryGetValue(CheckpointHeader.Name, out var values)
            && values is [{ Length: > 0 } header])
        {
            inbox.Put(PeerIdentity.Of(context), header);
        }
    }
}
