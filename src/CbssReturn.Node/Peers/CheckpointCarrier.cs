using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CbssReturn.Node.Peers;

/// <summary>Puts this node's newest checkpoint on every call to another node.</summary>
internal sealed class CheckpointCarrier(CheckpointHeader header) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Carry(context));

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(Carry(context));

    private ClientInterceptorContext<TRequest, TResponse> Carry<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class =>
        header.AddTo(context.Options.Headers) is { } headers
            ? new ClientInterceptorContext<TRequest, TResponse>(
                context.Method, context.Host, context.Options.WithHeaders(headers))
            : context;
}
