using System.Net.Sockets;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;
using Google.Rpc;
using Grpc.Core;

namespace CbssReturn.Cli.Desk;

/// <summary>Turns a failed call back into the refusal that the desk meant.</summary>
internal static class DeskRefusal
{
    /// <summary>Marks, in <see cref="Refusal.LocalDetail"/>, a call of which it is not known whether it was done.
    /// </summary>
    public const string OutcomeUnknown = "outcome unknown";

    /// <summary>Reads a failed call.</summary>
    /// <remarks>The desk names the code in ErrorInfo.reason, the words in the status and the field in BadRequest. What
    /// carries no code comes from below the desk and is mapped by its status.</remarks>
    public static Refusal From(RpcException failure)
    {
        var status = failure.GetRpcStatus();
        var field = status?.GetDetail<BadRequest>()?.FieldViolations is [var violation, ..] ? violation.Field : null;
        var info = status?.GetDetail<ErrorInfo>();
        var reason = info?.Reason;
        if (reason is not null && ErrorTexts.ParseCode(reason) is { } code && code != RefusalCode.Unspecified)
        {
            var isUnknown = info!.Metadata.TryGetValue("outcome", out var outcome) && outcome == "unknown";
            return new Refusal(
                code,
                Words(failure, code),
                string.IsNullOrEmpty(field) ? null : field,
                isUnknown ? OutcomeUnknown : null);
        }

        return failure.StatusCode switch
        {
            StatusCode.Unauthenticated => Plain(RefusalCode.TokenUnknown),
            StatusCode.PermissionDenied => Plain(RefusalCode.RoleMayNot),
            StatusCode.NotFound => Plain(RefusalCode.NotFound),
            StatusCode.InvalidArgument => new Refusal(
                RefusalCode.FieldMalformed, Words(failure, RefusalCode.FieldMalformed), field),
            StatusCode.ResourceExhausted => Plain(RefusalCode.LimitReached),
            StatusCode.Unavailable when IsNobodyThere(failure) => Plain(RefusalCode.NodeNotRunning),
            StatusCode.Unimplemented => new Refusal(
                RefusalCode.NodeNotReady,
                "What answers on the socket does not know this call; is it the same version?"),
            // The call may have arrived: nothing is promised about what was done.
            _ => new Refusal(
                RefusalCode.NodeNotReady,
                "The node ended the call or did not answer in time.",
                localDetail: OutcomeUnknown),
        };
    }

    private static Refusal Plain(RefusalCode code) => new(code, Meaning(code));

    private static string Words(RpcException failure, RefusalCode code) =>
        string.IsNullOrWhiteSpace(failure.Status.Detail) ? Meaning(code) : failure.Status.Detail;

    private static string Meaning(RefusalCode code) =>
        ErrorTexts.Find(code)?.Meaning ?? "The node refused; this program does not know the code.";

    private static bool IsNobodyThere(RpcException failure)
    {
        for (var inner = failure.Status.DebugException; inner is not null; inner = inner.InnerException)
        {
            // A missing socket file is AddressNotAvailable; a file nobody listens on is ConnectionRefused. Anything
            // else may have happened after the call had arrived.
            if (inner is SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable
                        or SocketError.AccessDenied or SocketError.HostNotFound,
                })
            {
                return true;
            }
        }

        return false;
    }
}
