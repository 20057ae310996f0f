using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using static CbssReturn.Desk.Tests.Audit.Noted;
using static CbssReturn.Desk.Tests.Audit.WalkRow;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>The table of docs/spec/audit-intake.md, section 4, as far as people at the desk are concerned. A name is
/// that of the member of <see cref="NodeServices"/> and of its method; after a comma stands the setting.</summary>
internal static class UseCaseWalk
{
    public static Dictionary<string, WalkRow> People { get; } = new()
    {
        ["FindActor.FindAsync"] = Nothing(async s =>
        {
            var user = await s.Services.Users.AddAsync(null, "desk.9", Role.Caseworker, default);
            await s.MarkAsync();
            Assert.True((await s.Services.FindActor.FindAsync(user.Value.Token, default)).IsOk);
        }),
        ["FindActor.FindAsync, denied twice in a minute"] = Of(
            async s =>
            {
                await s.MarkAsync();
                var token = UserToken.NewRandom();
                Assert.Equal(
                    RefusalCode.TokenUnknown, (await s.Services.FindActor.FindAsync(token, default)).Refusal.Code);
                Assert.False((await s.Services.FindActor.FindAsync("x", default)).IsOk);
            },
            Denied),
        ["FindActor.FindAsync, denied in two minutes"] = Of(
            async s =>
            {
                await s.MarkAsync();
                Assert.False((await s.Services.FindActor.FindAsync("x", default)).IsOk);
                s.Network.Time.Advance(TimeSpan.FromMinutes(1));
                Assert.False((await s.Services.FindActor.FindAsync("x", default)).IsOk);
            },
            Denied,
            Denied),
        ["Users.AddAsync"] = Of(
            async s =>
            {
                await s.MarkAsync();
                Assert.True((await s.Services.Users.AddAsync(s.Administrator, "x.1", Role.Auditor, default)).IsOk);
            },
            Local(AuditDetailKind.UserChanged)),
        ["Users.AddAsync, denied"] = DeniedBy(s => s.Services.Users.AddAsync(s.Stranger, "x.1", Role.Auditor, default)),
        ["Users.ListAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.True((await s.Services.Users.ListAsync(s.Administrator, default)).IsOk);
        }),
        ["Users.ListAsync, denied"] = DeniedBy(s => s.Services.Users.ListAsync(s.Stranger, default)),
        ["Users.RemoveAsync"] = Of(
            async s =>
            {
                var user = await s.Services.Users.AddAsync(null, "desk.9", Role.Caseworker, default);
                await s.MarkAsync();
                Assert.True((await s.Services.Users.RemoveAsync(s.Administrator, user.Value.UserId, default)).IsOk);
            },
            Local(AuditDetailKind.UserChanged)),
        ["Users.RemoveAsync, denied"] = DeniedBy(s => s.Services.Users.RemoveAsync(s.Stranger, s.NoId, default)),
        ["Consents.RecordAsync"] = Of(
            async s =>
            {
                await s.MarkAsync();
                await s.Network.AgreeAsync([s.Receiver.Grant(Category.Services)]);
            },
            Local(AuditDetailKind.ConsentRecorded)),
        ["Consents.RecordAsync, less than before while a packet waits"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.MarkAsync();
                await s.Network.AgreeAsync([s.Receiver.Grant(Category.Identity)], queued.CaseId);
            },
            Local(AuditDetailKind.ConsentRecorded),
            Sent(AuditOutcome.Failed, AuditDetailKind.OutboxChanged)),
        ["Consents.RecordAsync, less than before while a packet is on its way"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.Services.Dispatch.ClaimAsync(s.Receiver.Id, 1, default);
                await s.MarkAsync();
                await s.Network.AgreeAsync([s.Receiver.Grant(Category.Identity)], queued.CaseId);
            },
            Local(AuditDetailKind.ConsentRecorded),
            Sent(AuditOutcome.Failed, AuditDetailKind.PacketUndelivered)),
        ["Consents.RecordAsync, denied"] = DeniedBy(s =>
            s.Services.Consents.RecordAsync(s.Stranger, s.NoId, Consents.Terms(TestNetwork.Start), default)),
        ["Consents.ShowAsync"] = Of(
            async s =>
            {
                var caseId = await s.Network.AgreeAsync([s.Receiver.Grant(Category.Services)]);
                await s.MarkAsync();
                Assert.True((await s.Services.Consents.ShowAsync(s.Caseworker, caseId, default)).IsOk);
            },
            Local(AuditDetailKind.ConsentShown)),
        ["Consents.ShowAsync, denied"] = DeniedBy(s => s.Services.Consents.ShowAsync(s.Stranger, s.NoId, default)),
        ["Draft.DraftAsync"] = Of(
            async s =>
            {
                var caseId = await s.Network.AgreeAsync([s.Receiver.Grant(Category.Services)]);
                await s.MarkAsync();
                Assert.True((await s.Network.DraftAsync(
                    Story.Draft(caseId, s.Receiver.Id, WireSections.Services()))).IsOk);
            },
            Local(AuditDetailKind.ReferralDrafted)),
        ["Draft.DraftAsync, denied"] = DeniedBy(s =>
            s.Services.Draft.DraftAsync(s.Stranger, Story.Draft(s.NoId, s.Receiver.Id), default)),
        ["Draft.StopAsync"] = Of(
            async s =>
            {
                var caseId = await s.Network.AgreeAsync([s.Receiver.Grant(Category.Services)]);
                await s.MarkAsync();
                await s.Services.Draft.StopAsync(s.Caseworker, caseId, default);
                await s.Services.Draft.StopAsync(s.Caseworker, caseId, default);  // stopped already: nothing more
            },
            Local(AuditDetailKind.StoppedPossibleMinor)),
        ["Draft.StopAsync, denied"] = Of(
            async s =>
            {
                await s.MarkAsync();
                await s.Services.Draft.StopAsync(s.Stranger, s.NoId, default);
            },
            Denied),
        ["Send.SendAsync"] = Of(
            async s =>
            {
                var caseId = await s.Network.AgreeAsync([s.Receiver.Grant(Category.Services)]);
                var drafted = await s.Network.DraftAsync(
                    Story.Draft(caseId, s.Receiver.Id, WireSections.Services()));
                await s.MarkAsync();
                Assert.True((await s.Network.SendAsync(drafted.Value.ReferralId)).IsOk);
            },
            Sent(AuditOutcome.Pending, AuditDetailKind.PacketSealed)),
        ["Send.SendAsync, denied"] = DeniedBy(s => s.Services.Send.SendAsync(s.Stranger, s.NoId, default)),
        ["Answer.SendAsync"] = Of(
            async s =>
            {
                var referral = await s.Network.DeliverAsync();
                await s.MarkAsync();
                Assert.True((await s.Origin.AnswerAsync(referral.Here, Answers.Cancelled)).IsOk);
            },
            Sent(AuditOutcome.Pending, AuditDetailKind.PacketSealed)),
        ["Answer.SendAsync, denied"] = DeniedBy(s =>
            s.Services.Answer.SendAsync(s.Stranger, s.NoId, Answers.Accepted.Value, default)),
        ["Movement.SendAsync"] = Of(
            async s =>
            {
                var referral = await s.Network.AcceptAsync(Category.Movement);
                await s.MarkAsync();
                Assert.True((await s.Network.MoveAsync(referral.Here, WireSections.Movement())).IsOk);
            },
            Sent(AuditOutcome.Pending, AuditDetailKind.PacketSealed)),
        ["Movement.SendAsync, denied"] = DeniedBy(s =>
            s.Services.Movement.SendAsync(s.Stranger, s.NoId, null, default)),
        ["List.ListAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.True((await s.Services.List.ListAsync(s.Caseworker, null, default)).IsOk);
        }),
        ["List.ListAsync, denied"] = DeniedBy(s => s.Services.List.ListAsync(s.Stranger, null, default)),
        ["Show.ShowAsync"] = Nothing(async s =>
        {
            var queued = await s.Network.QueueAsync();
            await s.MarkAsync();
            Assert.True((await s.Services.Show.ShowAsync(s.Caseworker, queued.Here, default)).IsOk);
        }),
        ["Show.ShowAsync, denied"] = DeniedBy(s => s.Services.Show.ShowAsync(s.Stranger, s.NoId, default)),
        ["Open.OpenAsync"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.MarkAsync();
                Assert.True((await s.Origin.OpenAsync(queued.Here, Category.Services)).IsOk);
            },
            Local(AuditDetailKind.SectionOpened)),
        ["Open.OpenAsync, not there"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.MarkAsync();
                Assert.False((await s.Origin.OpenAsync(queued.Here, Category.Risk)).IsOk);
            },
            Denied),
        ["Open.OpenAsync, denied"] = DeniedBy(s => s.Services.Open.OpenAsync(
            s.Stranger, s.NoId, Category.Services, Purpose.Reintegration, default)),
        ["Outbox.ListAsync"] = Nothing(async s =>
        {
            await s.Network.QueueAsync();
            await s.MarkAsync();
            Assert.Single(await s.Services.Outbox.ListAsync(true, default));
        }),
        ["Outbox.RetryAsync"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.MarkAsync();
                Assert.True((await s.Services.Outbox.RetryAsync(s.Caseworker, queued.OutboxId, default)).IsOk);
            },
            Local(AuditDetailKind.OutboxChanged)),
        ["Outbox.RetryAsync, undelivered"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                s.Network.Time.Advance(TimeSpan.FromHours(72));
                var claimed = await s.Services.Dispatch.ClaimAsync(s.Receiver.Id, 1, default);
                await s.Services.Dispatch.FailAsync(claimed, RefusalCode.PeerUnreachable, true, default);
                await s.MarkAsync();
                Assert.True((await s.Services.Outbox.RetryAsync(s.Caseworker, queued.OutboxId, default)).IsOk);
            },
            Sent(AuditOutcome.Pending, AuditDetailKind.PacketSealed)),
        ["Outbox.RetryAsync, denied"] = DeniedBy(s => s.Services.Outbox.RetryAsync(s.Stranger, s.NoId, default)),
        ["Outbox.CancelAsync"] = Of(
            async s =>
            {
                var queued = await s.Network.QueueAsync();
                await s.MarkAsync();
                Assert.True((await s.Services.Outbox.CancelAsync(s.Caseworker, queued.OutboxId, default)).IsOk);
            },
            Sent(AuditOutcome.Failed, AuditDetailKind.OutboxChanged)),
        ["Outbox.CancelAsync, denied"] = DeniedBy(s => s.Services.Outbox.CancelAsync(s.Stranger, s.NoId, default)),
    };

    private static WalkRow DeniedBy<T>(Func<Scene, Task<Result<T>>> call)
        where T : notnull => Of(
        async s =>
        {
            await s.MarkAsync();
            Assert.Equal(RefusalCode.RoleMayNot, (await call(s)).Refusal.Code);
        },
        Denied);
}
