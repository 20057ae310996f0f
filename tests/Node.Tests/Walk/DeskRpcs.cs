using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using Grpc.Core;
using static CbssReturn.Node.Tests.Walk.RpcRow;

namespace CbssReturn.Node.Tests.Walk;

/// <summary>What the calls of the desk leave in the log. What each use case notes in every other case is in the walk
/// over use cases.</summary>
internal static class DeskRpcs
{
    private const string Denied = "Local Refused AccessDenied";

    private static readonly string NoId = new('1', 32);

    public static Dictionary<string, RpcRow> Rows { get; } = new()
    {
        ["DeskService.GetStatus"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Desk.GetStatusAsync(new GetStatusRequest(), s.Stranger);
        }),
        ["DeskService.AddUser"] = AtDesk(
            async s =>
            {
                await s.MarkAsync();
                await s.Desk.AddUserAsync(
                    new AddUserRequest { Alias = "night.7", Role = Role.Auditor }, s.Administrator);
            },
            "Local Done UserChanged"),
        ["DeskService.ListUsers"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Desk.ListUsersAsync(new ListUsersRequest(), s.Administrator);
        }),
        ["DeskService.ListUsers, denied"] = AtDesk(
            async s =>
            {
                await s.MarkAsync();
                await RpcScene.FailsAsync(
                    StatusCode.PermissionDenied, s.Desk.ListUsersAsync(new ListUsersRequest(), s.Caseworker));
            },
            Denied),
        ["DeskService.RemoveUser"] = AtDesk(
            async s =>
            {
                var user = await s.Desk.AddUserAsync(
                    new AddUserRequest { Alias = "night.7", Role = Role.Auditor }, s.Administrator);
                await s.MarkAsync();
                await s.Desk.RemoveUserAsync(new RemoveUserRequest { UserId = user.UserId }, s.Administrator);
            },
            "Local Done UserChanged"),
        ["DeskService.RecordConsent"] = AtDesk(
            async s =>
            {
                await s.MarkAsync();
                await s.AgreeAsync();
            },
            "Local Done ConsentRecorded"),
        ["DeskService.ShowConsent"] = AtDesk(
            async s =>
            {
                var id = await s.AgreeAsync();
                await s.MarkAsync();
                await s.Desk.ShowConsentAsync(new ShowConsentRequest { CaseId = id }, s.Caseworker);
            },
            "Local Done ConsentShown"),
        ["DeskService.CreateReferral"] = AtDesk(
            async s =>
            {
                await s.MarkAsync();
                await s.DraftAsync();
            },
            "Local Done ReferralDrafted"),
        ["DeskService.SendReferral"] = AtDesk(
            async s =>
            {
                var id = await s.DraftAsync();
                await s.MarkAsync();
                await s.Desk.SendReferralAsync(new SendReferralRequest { ReferralId = id }, s.Caseworker);
            },
            "PacketSent Pending PacketSealed"),
        ["DeskService.ListReferrals"] = Nothing(async s =>
        {
            await s.SendAsync();
            await s.MarkAsync();
            await s.Desk.ListReferralsAsync(new ListReferralsRequest(), s.Caseworker);
        }),
        ["DeskService.ShowReferral"] = Nothing(async s =>
        {
            var (id, packet) = await s.DeliverAsync();
            await s.MarkAsync();
            var shown = await s.Desk.ShowReferralAsync(new ShowReferralRequest { ReferralId = id }, s.Caseworker);
            Assert.Equal(packet.ToString(), Assert.Single(shown.Packets).PacketId);
            Assert.Equal("STORED", shown.Packets[0].Receipt.Outcome);
            Assert.Null(shown.Packets[0].Receipt.Final);
        }),
        ["DeskService.ShowReferral, with a final receipt"] = Nothing(async s =>
        {
            await s.FinishAsync();
            await s.MarkAsync();
            var list = await s.Desk.ListReferralsAsync(new ListReferralsRequest(), s.Caseworker);
            var shown = await s.Desk.ShowReferralAsync(
                new ShowReferralRequest { ReferralId = list.Referrals[0].ReferralId }, s.Caseworker);
            Assert.Equal(s.There.Audit.Origin, shown.Packets[0].Receipt.Final.Log);
        }),
        ["DeskService.OpenSection, one that is not there"] = AtDesk(
            async s =>
            {
                var (id, _) = await s.SendAsync();
                await s.MarkAsync();
                var request = new OpenSectionRequest
                {
                    ReferralId = id,
                    Category = Category.Services,
                    Purpose = Purpose.Shelter,
                };
                await Assert.ThrowsAsync<RpcException>(
                    async () => await s.Desk.OpenSectionAsync(request, s.Caseworker));
            },
            Denied),
        ["DeskService.SendAnswer"] = AtDesk(
            async s =>
            {
                var (id, _) = await s.DeliverAsync();
                await s.MarkAsync();
                await s.Desk.SendAnswerAsync(
                    new SendAnswerRequest
                    {
                        ReferralId = id,
                        Answer = new Answer { Cancellation = new Cancellation { Reason = CancelReason.PersonEnded } },
                    },
                    s.Caseworker);
            },
            "PacketSent Pending PacketSealed"),
        ["DeskService.SendMovement, denied"] = AtDesk(
            async s =>
            {
                var (id, _) = await s.DeliverAsync();
                await s.MarkAsync();
                await RpcScene.FailsAsync(
                    StatusCode.PermissionDenied,
                    s.Desk.SendMovementAsync(new SendMovementRequest { ReferralId = id }, s.Stranger));
            },
            Denied),
        ["DeskService.ListOutbox"] = Nothing(async s =>
        {
            await s.SendAsync();
            await s.MarkAsync();
            await s.Desk.ListOutboxAsync(new ListOutboxRequest { IncludeDone = true }, s.Caseworker);
        }),
        ["DeskService.RetryOutbox"] = AtDesk(
            async s =>
            {
                var (_, row) = await s.SendAsync();
                await s.MarkAsync();
                await s.Desk.RetryOutboxAsync(new RetryOutboxRequest { OutboxId = row }, s.Caseworker);
            },
            "Local Done OutboxChanged"),
        ["DeskService.CancelOutbox"] = AtDesk(
            async s =>
            {
                var (_, row) = await s.SendAsync();
                await s.MarkAsync();
                await s.Desk.CancelOutboxAsync(new CancelOutboxRequest { OutboxId = row }, s.Caseworker);
            },
            "PacketSent Failed OutboxChanged"),
        ["DeskService.ProvePacket"] = AtDesk(
            async s =>
            {
                var packet = await s.FinishAsync();
                await s.MarkAsync();
                var proven = await s.Desk.ProvePacketAsync(
                    new ProvePacketRequest { PacketId = packet.ToString() }, s.Caseworker);
                Assert.Equal(s.There.Id, proven.Recipient);
            },
            "Local Done ReceiptExported"),
        ["DeskService.ProvePacket, not final yet"] = Nothing(async s =>
        {
            var (_, packet) = await s.DeliverAsync();
            await s.MarkAsync();
            await RpcScene.FailsAsync(
                StatusCode.FailedPrecondition,
                s.Desk.ProvePacketAsync(new ProvePacketRequest { PacketId = packet.ToString() }, s.Caseworker));
        }),
        ["DeskService.ProvePacket, denied"] = AtDesk(
            async s =>
            {
                await s.MarkAsync();
                await RpcScene.FailsAsync(
                    StatusCode.PermissionDenied,
                    s.Desk.ProvePacketAsync(new ProvePacketRequest { PacketId = NoId }, s.Stranger));
            },
            Denied),
    };
}
