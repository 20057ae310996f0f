using System.Net.Sockets;
using CbssReturn.Cli.Desk;
using CbssReturn.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CbssReturn.Cli.Tests;

public sealed class DeskRefusalTests
{
    [Fact]
    public void From_CodeOfTheDesk_IsThatRefusal()
    {
        var failure = new Google.Rpc.Status
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = "The person did not agree.",
            Details =
            {
                Any.Pack(new ErrorInfo { Domain = "cbss.returns", Reason = "CB-3104" }),
                Any.Pack(new BadRequest
                {
                    FieldViolations = { new BadRequest.Types.FieldViolation { Field = "choices[0]" } },
                }),
            },
        }.ToRpcException();

        var refusal = DeskRefusal.From(failure);

        Assert.Equal(
            (RefusalCode.GrantMissing, "The person did not agree.", "choices[0]"),
            (refusal.Code, refusal.Message, refusal.Field));
    }

    [Fact]
    public void From_StoreOutcomeUnknown_PromisesNothing()
    {
        var info = new ErrorInfo { Reason = "CB-2008", Metadata = { ["outcome"] = "unknown" } };
        var failure = new Google.Rpc.Status
        {
            Code = (int)StatusCode.Unavailable,
            Message = "The store does not answer.",
            Details = { Any.Pack(info) },
        }.ToRpcException();

        var refusal = DeskRefusal.From(failure);

        Assert.Equal("CB-2008", refusal.CodeText);
        Assert.Equal(DeskRefusal.OutcomeUnknown, refusal.LocalDetail);
    }

    [Fact]
    public void From_CodeOfANewerList_IsKept()
    {
        var failure = new Google.Rpc.Status
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = "A rule of later.",
            Details = { Any.Pack(new ErrorInfo { Reason = "CB-3999" }) },
        }.ToRpcException();

        Assert.Equal("CB-3999", DeskRefusal.From(failure).CodeText);
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated, RefusalCode.TokenUnknown)]
    [InlineData(StatusCode.PermissionDenied, RefusalCode.RoleMayNot)]
    [InlineData(StatusCode.NotFound, RefusalCode.NotFound)]
    [InlineData(StatusCode.ResourceExhausted, RefusalCode.LimitReached)]
    [InlineData(StatusCode.Unavailable, RefusalCode.NodeNotReady)]
    [InlineData(StatusCode.DeadlineExceeded, RefusalCode.NodeNotReady)]
    [InlineData(StatusCode.Internal, RefusalCode.NodeNotReady)]
    public void From_StatusWithoutCode_IsMapped(StatusCode status, RefusalCode code) =>
        Assert.Equal(code, DeskRefusal.From(new RpcException(new Grpc.Core.Status(status, "x"))).Code);

    [Theory]
    [InlineData(SocketError.ConnectionRefused, RefusalCode.NodeNotRunning, null)]
    [InlineData(SocketError.AddressNotAvailable, RefusalCode.NodeNotRunning, null)]
    [InlineData(SocketError.ConnectionReset, RefusalCode.NodeNotReady, DeskRefusal.OutcomeUnknown)]
    public void From_BrokenConnection_SaysWhetherItMayHaveArrived(SocketError error, RefusalCode code, string? detail)
    {
        var inner = new HttpRequestException("x", new SocketException((int)error));

        var refusal = DeskRefusal.From(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "x", inner)));

        Assert.Equal((code, detail), (refusal.Code, refusal.LocalDetail));
    }
}
