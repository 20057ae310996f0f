using CbssReturn.Desk.Users;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CbssReturn.Node.Endpoints;

/// <summary>Finds out who calls the desk, before the endpoint runs, and turns what goes wrong there into a status.
/// </summary>
internal sealed class DeskAuthentication(
    Func<string, CancellationToken, Task<Result<Actor>>> findActor, ILogger log) : Interceptor
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            var actor = await findActor(TokenOf(context), context.CancellationToken);
            context.UserState[typeof(Actor)] = actor.OrThrow();
            return await continuation(request, context);
        }
        catch (StoreException unavailable)
        {
            NodeLog.StoreUnavailable(log, unavailable.Refusal.Code);
            throw RefusalStatus.ToRpcException(unavailable.Refusal, unavailable.IsOutcomeUnknown);
        }
        catch (Exception fault) when (fault is not RpcException and not OperationCanceledException)
        {
            NodeLog.DeskFailed(log, fault);
            throw new RpcException(new Status(StatusCode.Internal, "The node has a fault; its log says more."));
        }
    }

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The call went past this interceptor, which the host must not allow.
    /// </exception>
    public static Actor ActorOf(ServerCallContext context) =>
        context.UserState.TryGetValue(typeof(Actor), out var actor)
            ? (Actor)actor
            : throw new InvalidOperationException("A call of the desk without an authenticated user.");

    private static string TokenOf(ServerCallContext context) =>
        context.RequestHeaders.GetValue(Header) is { } value && value.StartsWith(Scheme, StringComparison.Ordinal)
            ? value[Scheme.Length..]
            : string.Empty;
}
