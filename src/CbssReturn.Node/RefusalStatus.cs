using CbssReturn.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CbssReturn.Node;

/// <summary>The only place that knows which gRPC status a refusal becomes at the desk. Peers get
/// <see cref="Endpoints.PeerCallStatus"/> instead.</summary>
internal static partial class RefusalStatus
{
    /// <summary>Domain of every ErrorInfo; its reason is the CB- code.</summary>
    public const string Domain = "cbss.returns";

    /// <summary>Tells a refusal to who asked at the desk: code, message and field, never the local detail.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="isOutcomeUnknown">Whether what was asked may have been done all the same; then the metadata of the
    /// ErrorInfo say so.</param>
    public static RpcException ToRpcException(Refusal refusal, bool isOutcomeUnknown = false)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = refusal.CodeText };
        if (isOutcomeUnknown)
        {
            info.Metadata.Add("outcome", "unknown");
        }

        var status = new Google.Rpc.Status
        {
            Code = (int)StatusOf(refusal.Code),
            Message = refusal.Message,
            Details = { Any.Pack(info) },
        };
        if (refusal.Field is { } field)
        {
            status.Details.Add(Any.Pack(new BadRequest
            {
                FieldViolations =
                {
                    new BadRequest.Types.FieldViolation
                    {
                        Field = field,
                        Description = refusal.Message,
                        Reason = refusal.CodeText,
                    },
                },
            }));
        }

        return status.ToRpcException();
    }

    /// <summary>Gives the value of a result, or throws its refusal.</summary>
    /// <exception cref="RpcException">There is a refusal.</exception>
    public static T OrThrow<T>(this Result<T> result)
        where T : notnull =>
        result.TryGet(out var value, out var refusal) ? value : throw ToRpcException(refusal);
}
