using CbssReturn.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>What a peer is told when a call fails: only what docs/spec/exchange.md lists, never which check said no.
/// </summary>
internal static class PeerCallStatus
{
    /// <summary>A limit is reached.</summary>
    /// <param name="retryAfter">When to come again.</param>
    public static RpcException LimitReached(TimeSpan retryAfter) => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Message = "A limit is reached; repeat later.",
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }) },
    }.ToRpcException();

    /// <summary>The frames on a stream, or a request, break a rule.</summary>
    public static RpcException RuleBroken() => Plain(StatusCode.InvalidArgument, "The request breaks a rule.");

    /// <summary>There is no receipt for this packet of this caller.</summary>
    public static RpcException NotFound() => Plain(StatusCode.NotFound, "There is no receipt for this packet.");

    /// <summary>No protocol version is shared.</summary>
    public static RpcException NoSharedVersion() =>
        Plain(StatusCode.FailedPrecondition, "The two nodes share no protocol version.");

    /// <summary>The node starts, stops or cannot reach its store.</summary>
    public static RpcException NotReady() => Plain(StatusCode.Unavailable, "The node is not ready; repeat later.");

    /// <summary>A use case about an audit log refused: what is not held, what may not be read, what contradicts, what
    /// is out of form, and no more than that.</summary>
    public static RpcException OfLog(RefusalCode code) => code switch
    {
        RefusalCode.LogUnknown or RefusalCode.TileMissing or RefusalCode.NotFound
            or RefusalCode.DetailWrong =>
            Plain(StatusCode.NotFound, "This node does not hold that."),
        RefusalCode.RoleMayNot => Plain(StatusCode.PermissionDenied, "This is not for the caller."),
        RefusalCode.SplitView or RefusalCode.RootWrong or RefusalCode.LogRolledBack or RefusalCode.LogSizeDiffers
            or RefusalCode.DetailErased =>
            Plain(StatusCode.FailedPrecondition, "This does not go together with what this node holds."),
        RefusalCode.LogBusy => NotReady(),
        _ => RuleBroken(),
    };

    private static RpcException Plain(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));
}
