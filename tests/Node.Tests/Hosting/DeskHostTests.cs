using System.Net.Sockets;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Users;
using CbssReturn.Node.Endpoints;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Role = CbssReturn.Desk.Users.Role;

namespace CbssReturn.Node.Tests.Hosting;

public sealed class DeskHostTests : IAsyncDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly TestFolder _folder = new();
    private readonly CollectingLog _log = new();
    private readonly TestDesk _desk = new();
    private readonly HealthServiceImpl _health = new();
    private readonly DeskHost _host;
    private readonly GrpcChannel _channel;
    private readonly DeskService.DeskServiceClient _client;

    public DeskHostTests()
    {
        var actor = new Actor(RowId.New(TimeProvider.System), Role.Auditor);
        _host = DeskHost.Create(
            SocketPath,
            _desk,
            new DeskAuthentication(
                (token, _) => Task.FromResult<Result<Actor>>(token == Token
                    ? actor
                    : new Refusal(RefusalCode.TokenUnknown, "The token is missing, unknown or ended.")),
                _log),
            _health,
            new HostSetting(_log, TimeProvider.System, TimeSpan.FromSeconds(10)));
        _channel = DeskSocket.Connect(SocketPath);
        _client = new DeskService.DeskServiceClient(_channel);
    }

    private string SocketPath => _folder.File("desk/desk.sock");

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _host.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_Socket_IsTheOwnersAlone()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder.File("desk")));
    }

    [Fact]
    public async Task Start_FolderThatOthersCanEnter_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("desk"));
        File.SetUnixFileMode(
            _folder.File("desk"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

        Assert.Equal(RefusalCode.PermissionsTooWide, (await _host.StartAsync(default)).Refusal.Code);
    }

    [Fact]
    public async Task Start_SocketOfAKilledProcess_TakesItsPlace()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        await _host.StopAsync(default);
        Directory.CreateDirectory(_folder.File("desk"));
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            File.Delete(SocketPath);
            stale.Bind(new UnixDomainSocketEndPoint(SocketPath));
        }

        await using var again = DeskHost.Create(
            SocketPath,
            _desk,
            new DeskAuthentication((_, _) => throw new InvalidOperationException("Not called."), _log),
            _health,
            new HostSetting(_log, TimeProvider.System, TimeSpan.FromSeconds(10)));

        Assert.True((await again.StartAsync(default)).IsOk);
    }

    [Fact]
    public async Task Call_KnownToken_ReachesTheEndpointAsThatUser()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);

        await _client.GetStatusAsync(new GetStatusRequest(), Bearer("Bearer " + Token));

        Assert.Equal(Role.Auditor, _desk.Seen?.Role);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer 00")]
    [InlineData("bearer " + Token)]
    [InlineData(Token)]
    public async Task Call_OtherToken_IsRefusedBeforeTheEndpoint(string? header)
    {
        Assert.True((await _host.StartAsync(default)).IsOk);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetStatusAsync(new GetStatusRequest(), Bearer(header)));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Equal("CB-3001", failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Null(_desk.Seen);
    }

    [Fact]
    public async Task Call_EndpointRefuses_TellsCodeAndField()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        _desk.Refusal = new Refusal(
            RefusalCode.FieldMalformed, "An alias is short.", "alias", localDetail: "not for the wire");

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetStatusAsync(new GetStatusRequest(), Bearer("Bearer " + Token)));

        var status = failure.GetRpcStatus()!;
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("An alias is short.", status.Message);
        Assert.Equal("CB-1002", status.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal("alias", Assert.Single(status.GetDetail<BadRequest>()!.FieldViolations).Field);
        Assert.DoesNotContain("not for the wire", status.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EndpointHasAFault_TellsNothingOfIt()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        _desk.Fault = new InvalidOperationException("inner words");

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetStatusAsync(new GetStatusRequest(), Bearer("Bearer " + Token)));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.DoesNotContain("inner words", failure.Message, StringComparison.Ordinal);
        Assert.Null(await _log.WaitAsync(6007));
    }

    [Fact]
    public async Task Call_StoreCannotWork_TellsItsCode()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        _desk.Fault = new StoreException(new Refusal(RefusalCode.DiskFull, "The disk is full."));

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetStatusAsync(new GetStatusRequest(), Bearer("Bearer " + Token)));

        Assert.Equal("CB-2007", failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_StoreFailsAtACommit_TellsWhetherTheOutcomeIsKnown(bool isUnknown)
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        _desk.Fault = new StoreException(
            new Refusal(RefusalCode.StoreUnavailable, "The store does not answer."), isUnknown);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.GetStatusAsync(new GetStatusRequest(), Bearer("Bearer " + Token)));

        var metadata = failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata;
        Assert.Equal(isUnknown, metadata.TryGetValue("outcome", out var outcome) && outcome == "unknown");
    }

    [Fact]
    public async Task Exchange_OverTheSocket_IsNotThere()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        var exchange = new ExchangeService.ExchangeServiceClient(_channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await exchange.HelloAsync(TestCaller.Hello, Bearer("Bearer " + Token)));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task Health_OverTheSocket_NeedsNoToken()
    {
        Assert.True((await _host.StartAsync(default)).IsOk);
        _health.SetStatus(string.Empty, HealthCheckResponse.Types.ServingStatus.NotServing);

        var health = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);
    }

    private static Metadata Bearer(string? header) =>
        header is null ? [] : new Metadata { { "authorization", header } };

    private sealed class TestDesk : DeskService.DeskServiceBase
    {
        public Actor? Seen { get; private set; }

        public Refusal? Refusal { get; set; }

        public Exception? Fault { get; set; }

        public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
        {
            Seen = DeskAuthentication.ActorOf(context);
            return Refusal is not null
                ? throw RefusalStatus.ToRpcException(Refusal)
                : Fault is not null ? throw Fault : Task.FromResult(new GetStatusResponse());
        }
    }
}
