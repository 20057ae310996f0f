using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Desk;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Storage.Rows;
using Grpc.Core;
using Role = CbssReturn.Desk.Users.Role;

namespace CbssReturn.Node.Endpoints;

/// <summary>The desk service: checks form, calls one use case, maps the answer. Who calls was found out by
/// <see cref="DeskAuthentication"/>.</summary>
/// <param name="services">The use cases.</param>
/// <param name="status">Tells how the node is.</param>
internal sealed partial class DeskEndpoint(NodeServices services, NodeStatus status) : DeskService.DeskServiceBase
{
    /// <inheritdoc/>
    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) =>
        status.ReadAsync(context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<AddUserResponse> AddUser(AddUserRequest request, ServerCallContext context)
    {
        var user = (await services.Users.AddAsync(
            ActorOf(context), request.Alias, (Role)request.Role, context.CancellationToken)).OrThrow();
        return new AddUserResponse { UserId = user.UserId.ToString(), Token = user.Token };
    }

    /// <inheritdoc/>
    public override async Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context)
    {
        var users = (await services.Users.ListAsync(ActorOf(context), context.CancellationToken)).OrThrow();
        return new ListUsersResponse { Users = { users.Select(ToWire) } };
    }

    /// <inheritdoc/>
    public override async Task<RemoveUserResponse> RemoveUser(RemoveUserRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.UserId, "user_id").OrThrow();
        (await services.Users.RemoveAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new RemoveUserResponse();
    }

    /// <inheritdoc/>
    public override async Task<RecordConsentResponse> RecordConsent(
        RecordConsentRequest request, ServerCallContext context)
    {
        var caseId = DeskForm.OptionalId(request.CaseId, "case_id").OrThrow().Value;
        var terms = DeskForm.Terms(request.Consent).OrThrow();
        var recorded = (await services.Consents.RecordAsync(
            ActorOf(context), caseId, terms, context.CancellationToken)).OrThrow();
        return new RecordConsentResponse
        {
            CaseId = recorded.CaseId.ToString(),
            ConsentId = recorded.Consent.Id.ToString(),
            Version = recorded.Consent.Version,
            LeftCount = (uint)recorded.LeftCount,
        };
    }

    /// <inheritdoc/>
    public override async Task<ShowConsentResponse> ShowConsent(ShowConsentRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.CaseId, "case_id").OrThrow();
        var consent = (await services.Consents.ShowAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new ShowConsentResponse { Consent = ConsentMapper.ToWire(consent) };
    }

    /// <inheritdoc/>
    public override async Task<ListOutboxResponse> ListOutbox(ListOutboxRequest request, ServerCallContext context)
    {
        var items = await services.Outbox.ListAsync(request.IncludeDone, context.CancellationToken);
        return new ListOutboxResponse { Items = { items.Select(ToWire) } };
    }

    /// <inheritdoc/>
    public override async Task<RetryOutboxResponse> RetryOutbox(RetryOutboxRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.OutboxId, "outbox_id").OrThrow();
        (await services.Outbox.RetryAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new RetryOutboxResponse();
    }

    /// <inheritdoc/>
    public override async Task<CancelOutboxResponse> CancelOutbox(
        CancelOutboxRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.OutboxId, "outbox_id").OrThrow();
        (await services.Outbox.CancelAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new CancelOutboxResponse();
    }

    private static Actor ActorOf(ServerCallContext context) => DeskAuthentication.ActorOf(context);

    private static User ToWire(UserRow user) => new()
    {
        UserId = user.UserId.ToString(),
        Alias = user.Alias,
        Role = (Contracts.Desk.V1.Role)user.Role,
        CreatedAt = DeskForm.Seconds(user.CreatedAt),
        RemovedAt = DeskForm.Seconds(user.RemovedAt),
    };

    private static OutboxItem ToWire(CbssReturn.Desk.Outbox.OutboxItem item) => new()
    {
        OutboxId = item.Row.RowId.ToString(),
        Peer = item.Peer,
        State = item.State,
        Attempts = (uint)item.Row.Attempts,
        DueAt = item.Row.State is OutboxState.Queued ? DeskForm.Seconds(item.Row.DueAt) : 0,
        LastCode = DeskForm.CodeText(item.Row.LastCode),
        QueuedAt = DeskForm.Seconds(item.Row.QueuedAt),
    };
}
