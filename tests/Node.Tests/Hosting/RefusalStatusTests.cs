using CbssReturn.Outcomes;
using Grpc.Core;

namespace CbssReturn.Node.Tests.Hosting;

public sealed class RefusalStatusTests
{
    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void StatusOf_EveryCode_IsAFailure(RefusalCode code) =>
        Assert.NotEqual(StatusCode.OK, RefusalStatus.StatusOf(code));

    [Theory]
    [InlineData(RefusalCode.FieldMalformed, StatusCode.InvalidArgument)]
    [InlineData(RefusalCode.TokenUnknown, StatusCode.Unauthenticated)]
    [InlineData(RefusalCode.RoleMayNot, StatusCode.PermissionDenied)]
    [InlineData(RefusalCode.GrantMissing, StatusCode.FailedPrecondition)]
    [InlineData(RefusalCode.NotFound, StatusCode.NotFound)]
    [InlineData(RefusalCode.NodeNotReady, StatusCode.Unavailable)]
    public void StatusOf_Code_IsTheOneThatTheProtoNames(RefusalCode code, StatusCode status) =>
        Assert.Equal(status, RefusalStatus.StatusOf(code));
}
