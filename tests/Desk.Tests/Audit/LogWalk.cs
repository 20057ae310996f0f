using CbssReturn.AuditLog;
using CbssReturn.Desk.Receipts;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using static CbssReturn.Desk.Tests.Audit.Noted;
using static CbssReturn.Desk.Tests.Audit.WalkRow;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>The table of docs/spec/audit-intake.md, section 4, as far as receipts, details and the node itself are
/// concerned.</summary>
internal static class LogWalk
{
    private static readonly Noted DetailErased = new(AuditEvent.DetailErased, AuditOutcome.Done, null);

    public static Dictionary<string, WalkRow> Rows { get; } = new()
    {
        ["GiveFinal.FindAsync"] = Nothing(async s =>
        {
            var (peer, packets) = await DeliverAsync(s);
            await s.MarkAsync();
            Assert.Single(await s.Receiver.Services.GiveFinal.FindAsync(packets, peer, default));
        }),
        ["KeepFinal.PeersAsync"] = Nothing(async s =>
        {
            await s.Network.DeliverAsync();
            await s.MarkAsync();
            Assert.Single(await s.Services.KeepFinal.PeersAsync(default));
        }),
        ["KeepFinal.WaitingAsync"] = Nothing(async s =>
        {
            await s.Network.DeliverAsync();
            await s.MarkAsync();
            Assert.Single(await s.Services.KeepFinal.WaitingAsync(s.Receiver.Id, default, default));
        }),
        ["KeepFinal.TakeAsync"] = Of(
            async s =>
            {
                await DeliverAsync(s);
                await s.MarkAsync();
                Assert.Equal(new TakenReceipts(1, 0), await PullAsync(s));
            },
            new Noted(AuditEvent.ReceiptStored, AuditOutcome.Done, AuditDetailKind.ReceiptFinal)),
        ["KeepFinal.TakeAsync, a wrong proof twice"] = Of(
            async s =>
            {
                await DeliverAsync(s);
                await s.MarkAsync();
                Assert.Equal(new TakenReceipts(0, 1), await PullAsync(s, WithoutEntry));
                Assert.Equal(new TakenReceipts(0, 1), await PullAsync(s, WithoutEntry));
            },
            Local(AuditDetailKind.ReceiptProofWrong, AuditOutcome.Refused)),
        ["Prove.ProveAsync"] = Of(
            async s =>
            {
                var (_, packets) = await DeliverAsync(s);
                await PullAsync(s);
                await s.MarkAsync();
                Assert.True((await s.Services.Prove.ProveAsync(s.Auditor, packets[0], default)).IsOk);
            },
            Local(AuditDetailKind.ReceiptExported)),
        ["Prove.ProveAsync, not final"] = Nothing(async s =>
        {
            var (_, packets) = await DeliverAsync(s);
            await s.MarkAsync();
            var proven = await s.Services.Prove.ProveAsync(s.Caseworker, packets[0], default);
            Assert.Equal(RefusalCode.ReceiptNotFinal, proven.Refusal.Code);
        }),
        ["Prove.ProveAsync, denied"] = Of(
            async s =>
            {
                await s.MarkAsync();
                var denied = await s.Services.Prove.ProveAsync(s.Stranger, Sealing.PacketId.NewRandom(), default);
                Assert.Equal(RefusalCode.RoleMayNot, denied.Refusal.Code);
            },
            Denied),
        ["Details.ShowAsync"] = Of(
            async s =>
            {
                await LogAsync(s);
                await s.MarkAsync();
                Assert.True((await s.Services.Details.ShowAsync(s.Auditor, 0, default)).IsOk);
            },
            Local(AuditDetailKind.DetailShown)),
        ["Details.ShowAsync, not there"] = Nothing(async s =>
        {
            await s.MarkAsync();
            var shown = await s.Services.Details.ShowAsync(s.Auditor, 1_000_000, default);
            Assert.Equal(RefusalCode.NotFound, shown.Refusal.Code);
        }),
        ["Details.ShowAsync, denied"] = Of(
            async s =>
            {
                await s.MarkAsync();
                var denied = await s.Services.Details.ShowAsync(s.Caseworker, 0, default);
                Assert.Equal(RefusalCode.RoleMayNot, denied.Refusal.Code);
            },
            Denied),
        ["Details.ReadAsync"] = Of(
            async s =>
            {
                await LogAsync(s);
                await s.MarkAsync();
                Assert.True((await s.Services.Details.ReadAsync(TestNetwork.ThirdId, 0, default)).IsOk);
            },
            Local(AuditDetailKind.DetailShown)),
        ["Details.ReadAsync, by a node that is no auditor"] = Of(
            async s =>
            {
                await s.MarkAsync();
                var denied = await s.Services.Details.ReadAsync(s.Receiver.Id, 0, default);
                Assert.Equal(RefusalCode.RoleMayNot, denied.Refusal.Code);
            },
            Denied),
        ["Erase.RunAsync"] = Of(
            async s =>
            {
                // What the start has noted goes first; then the note of that run and one thing more are old.
                await LogAsync(s);
                s.Network.Time.Advance(TimeSpan.FromDays(2));
                await s.Services.Erase.RunAsync(TimeSpan.FromDays(1), default);
                await s.Services.Users.RemoveAsync(s.Administrator, await s.AnyUserAsync(), default);
                using (var publisher = await s.PublisherAsync(s.Origin))
                {
                    await publisher.PublishAsync();
                }

                s.Network.Time.Advance(TimeSpan.FromDays(2));
                await s.MarkAsync();
                Assert.Equal(4, await s.Services.Erase.RunAsync(TimeSpan.FromDays(1), default));
            },
            DetailErased,
            DetailErased,
            DetailErased,
            DetailErased,
            Local(AuditDetailKind.RetentionRun)),
        ["Erase.RunAsync, nothing is that old"] = Of(
            async s =>
            {
                await LogAsync(s);
                await s.MarkAsync();
                Assert.Equal(0, await s.Services.Erase.RunAsync(TimeSpan.FromDays(1), default));
            },
            Local(AuditDetailKind.RetentionRun)),
        ["Events.StartedAsync"] = Of(
            async s =>
            {
                await s.MarkAsync();
                await s.Services.Events.StartedAsync(default);
                await s.Services.Events.StartedAsync(default);
            },
            Local(AuditDetailKind.NodeStarted),
            Local(AuditDetailKind.NodeStarted)),
        ["Events.StartedAsync, with another identity key"] = Of(
            async s =>
            {
                await s.Services.Events.StartedAsync(default);
                await s.ForgetIdentityAsync();
                await s.MarkAsync();
                await s.Services.Events.StartedAsync(default);
                await s.Services.Events.StartedAsync(default);
            },
            Local(AuditDetailKind.NodeStarted),
            new Noted(AuditEvent.KeyRotated, AuditOutcome.Done, AuditDetailKind.IdentityChanged),
            Local(AuditDetailKind.NodeStarted)),
        ["Events.DirectoryAppliedAsync"] = Of(
            async s =>
            {
                await s.MarkAsync();
                await s.Services.Events.DirectoryAppliedAsync(default);
                await s.Services.Events.DirectoryAppliedAsync(default);  // the same
                s.Network.Remove(s.Receiver);
                await s.Services.Events.DirectoryAppliedAsync(default);
            },
            new Noted(AuditEvent.DirectoryApplied, AuditOutcome.Done, AuditDetailKind.DirectoryApplied),
            new Noted(AuditEvent.DirectoryApplied, AuditOutcome.Done, AuditDetailKind.DirectoryApplied)),
    };

    // One thing is logged and covered by a checkpoint; the keys of the first day are there before it or not.
    private static async Task LogAsync(Scene scene)
    {
        using var publisher = await scene.PublisherAsync(scene.Origin);
        await scene.Services.Users.AddAsync(null, "desk.9", Role.Caseworker, default);
        await publisher.PublishAsync();
    }

    private static async Task<(Sealing.NodeId Peer, Sealing.PacketId[] Packets)> DeliverAsync(Scene scene)
    {
        await scene.Network.DeliverAsync();
        using var publisher = await scene.PublisherAsync(scene.Receiver);
        await publisher.PublishAsync();
        var waiting = await scene.Services.KeepFinal.WaitingAsync(scene.Receiver.Id, default, default);
        return (scene.Origin.Id, [.. waiting.Select(packet => packet.Id)]);
    }

    private static async Task<TakenReceipts> PullAsync(
        Scene scene, Func<FinalReceipt, FinalReceipt>? edit = null)
    {
        var keep = scene.Services.KeepFinal;
        var waiting = await keep.WaitingAsync(scene.Receiver.Id, default, default);
        var given = await scene.Receiver.Services.GiveFinal.FindAsync(
            [.. waiting.Select(packet => packet.Id)], scene.Origin.Id, default);
        return await keep.TakeAsync(
            scene.Receiver.Id, waiting, edit is null ? given : [.. given.Select(edit)], default);
    }

    private static FinalReceipt WithoutEntry(FinalReceipt receipt) => receipt with { Entry = default };
}
