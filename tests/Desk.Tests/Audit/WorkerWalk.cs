using CbssReturn.AuditLog;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using static CbssReturn.Desk.Tests.Audit.Noted;
using static CbssReturn.Desk.Tests.Audit.WalkRow;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>The table of docs/spec/audit-intake.md, section 4, as far as workers and peers are concerned.</summary>
internal static class WorkerWalk
{
    private static readonly Noted Stored =
        new(AuditEvent.PacketReceived, AuditOutcome.Done, AuditDetailKind.PacketStored);

    private static readonly Noted Refused =
        new(AuditEvent.PacketRefused, AuditOutcome.Refused, AuditDetailKind.PacketRefused);

    public static Dictionary<string, WalkRow> Outbox { get; } = new()
    {
        ["Dispatch.PeersDueAsync"] = Nothing(async s =>
        {
            await s.Network.QueueAsync();
            await s.MarkAsync();
            Assert.Single(await s.Services.Dispatch.PeersDueAsync(default));
        }),
        ["Dispatch.PeersDueAsync, overdue for a peer that is gone"] = Of(
            async s =>
            {
                await s.Network.QueueAsync();
                s.Network.Remove(s.Receiver);
                s.Network.Time.Advance(TimeSpan.FromHours(73));
                await s.MarkAsync();
                Assert.Empty(await s.Services.Dispatch.PeersDueAsync(default));
            },
            Sent(AuditOutcome.Failed, AuditDetailKind.PacketUndelivered)),
        ["Dispatch.ClaimAsync"] = Nothing(async s =>
        {
            await s.Network.QueueAsync();
            await s.MarkAsync();
            Assert.Single(await s.Services.Dispatch.ClaimAsync(s.Receiver.Id, 1, default));
        }),
        ["Dispatch.SettleAsync"] = Settled(
            (s, packet) => Receipted(s, packet, ReceiptOutcome.Stored),
            Sent(AuditOutcome.Done, AuditDetailKind.ReceiptTaken)),
        ["Dispatch.SettleAsync, refused"] = Settled(
            (s, packet) => Receipted(s, packet, ReceiptOutcome.Refused),
            Sent(AuditOutcome.Refused, AuditDetailKind.ReceiptTaken)),
        ["Dispatch.SettleAsync, in conflict"] = Settled(
            (s, packet) => Receipted(s, packet, ReceiptOutcome.Conflict),
            Sent(AuditOutcome.Refused, AuditDetailKind.ReceiptTaken)),
        ["Dispatch.SettleAsync, unsigned"] = Settled(
            (_, _) => new DeliveryAnswer.Unsigned(), Sent(AuditOutcome.Refused, AuditDetailKind.ReceiptTaken)),
        ["Dispatch.SettleAsync, busy"] = Settled((_, _) => new DeliveryAnswer.Busy(TimeSpan.FromSeconds(1))),
        ["Dispatch.SettleAsync, another packet's receipt"] = Settled((s, packet) =>
            Receipted(s, packet with { Id = PacketId.NewRandom() }, ReceiptOutcome.Stored)),
        ["Dispatch.SettleAsync, key gone"] = Of(
            async s =>
            {
                await s.Network.QueueAsync();
                s.Network.Time.Advance(TimeSpan.FromDays(1));
                var packet = Assert.Single(await s.Services.Dispatch.ClaimAsync(s.Receiver.Id, 1, default));
                await s.MarkAsync();
                await SettleAsync(s, packet, new DeliveryAnswer.KeyGone());
            },
            Sent(AuditOutcome.Failed, AuditDetailKind.PacketSuperseded),
            Sent(AuditOutcome.Pending, AuditDetailKind.PacketSealed)),
        ["Dispatch.SettleAsync, key gone and no other"] = Settled((_, _) => new DeliveryAnswer.KeyGone()),
        ["Dispatch.SettleAsync, late receipt of a packet that was given up"] = Of(
            async s =>
            {
                var packet = await ClaimAsync(s);
                s.Network.Time.Advance(TimeSpan.FromHours(72));
                await s.Services.Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, true, default);
                await s.MarkAsync();
                await SettleAsync(s, packet, Receipted(s, packet, ReceiptOutcome.Stored));
            },
            Local(AuditDetailKind.ReceiptTaken)),
        ["Dispatch.SettleAsync, late receipt of a packet that was sealed again"] = Nothing(async s =>
        {
            var packet = await ClaimAsync(s);
            s.Network.Time.Advance(TimeSpan.FromHours(72));
            await s.Services.Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, true, default);
            Assert.True((await s.Services.Outbox.RetryAsync(s.Caseworker, packet.Row, default)).IsOk);
            await s.MarkAsync();
            await SettleAsync(s, packet, Receipted(s, packet, ReceiptOutcome.Stored));
        }),
        ["Dispatch.SettleAsync, twice"] = Of(
            async s =>
            {
                var packet = await ClaimAsync(s);
                await s.MarkAsync();
                await SettleAsync(s, packet, Receipted(s, packet, ReceiptOutcome.Stored));
                await SettleAsync(s, packet, Receipted(s, packet, ReceiptOutcome.Stored));
            },
            Sent(AuditOutcome.Done, AuditDetailKind.ReceiptTaken)),
        ["Dispatch.FailAsync"] = Nothing(async s =>
        {
            var packet = await ClaimAsync(s);
            await s.MarkAsync();
            await s.Services.Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, true, default);
        }),
        ["Dispatch.FailAsync, its time is over"] = Of(
            async s =>
            {
                var packet = await ClaimAsync(s);
                s.Network.Time.Advance(TimeSpan.FromHours(72));
                await s.MarkAsync();
                await s.Services.Dispatch.FailAsync([packet], RefusalCode.PeerUnreachable, true, default);
            },
            Sent(AuditOutcome.Failed, AuditDetailKind.PacketUndelivered)),
        ["Dispatch.ReleaseAsync"] = Nothing(async s =>
        {
            var packet = await ClaimAsync(s);
            await s.MarkAsync();
            await s.Services.Dispatch.ReleaseAsync([packet], false, default);
        }),
        ["Dispatch.WakeAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Services.Dispatch.WakeAsync(s.Receiver.Id, default);
        }),
    };

    public static Dictionary<string, WalkRow> Peers { get; } = new()
    {
        ["Receive.ReceiveAsync"] = new(
            async s =>
            {
                var wire = await s.Network.SealAsync(s.Network.Referral().ToParts());
                await s.MarkAsync();
                await s.Receiver.DeliverAsync(wire, s.Origin.Id);
                await s.Receiver.DeliverAsync(wire, s.Origin.Id);  // again: the same receipt, nothing more
            },
            [],
            [Stored]),
        ["Receive.ReceiveAsync, said before under another id"] = new(
            async s =>
            {
                var parts = s.Network.Referral().ToParts();
                await s.Receiver.DeliverAsync(await s.Network.SealAsync(parts), s.Origin.Id);
                await s.MarkAsync();
                await s.Receiver.DeliverAsync(await s.Network.SealAsync(parts), s.Origin.Id);
            },
            [],
            [Stored]),
        ["Receive.ReceiveAsync, refused"] = new(
            async s =>
            {
                var wire = await s.Network.SealAsync(s.Network.Referral().ToParts());
                await s.MarkAsync();
                await s.Receiver.DeliverAsync(Forgery.FlipAfterHead(wire, 64), s.Origin.Id);
            },
            [],
            [Refused]),
        ["Receive.ReceiveAsync, a packet id used twice"] = new(
            async s =>
            {
                var id = PacketId.NewRandom();
                var first = await s.Network.SealAsync(s.Network.Referral().ToParts(), id: id);
                await s.Receiver.DeliverAsync(first, s.Origin.Id);
                var second = await s.Network.SealAsync(s.Network.Referral().ToParts(), id: id);
                await s.MarkAsync();
                await s.Receiver.DeliverAsync(second, s.Origin.Id);
            },
            [],
            [Local(AuditDetailKind.PacketConflict, AuditOutcome.Refused)]),
        ["Receive.ReceiveAsync, unsigned"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.IsType<DeliveryAnswer.Unsigned>(await s.Receiver.DeliverAsync(new byte[100], s.Origin.Id));
        }),
        ["Receive.ReceiveAsync, key gone"] = Nothing(async s =>
        {
            using var key = KemPrivateKey.Generate();
            var wire = await s.Network.SealAsync(s.Network.Referral().ToParts(), key: key.Public);
            await s.MarkAsync();
            Assert.IsType<DeliveryAnswer.KeyGone>(await s.Receiver.DeliverAsync(wire, s.Origin.Id));
        }),
        ["Receipts.FindAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Services.Receipts.FindAsync(PacketId.NewRandom(), s.Receiver.Id, default);
        }),
    };

    public static Dictionary<string, WalkRow> Keys { get; } = new()
    {
        ["Keys.EnsureAsync"] = Of(
            async s =>
            {
                s.Network.Time.Advance(TimeSpan.FromDays(1));
                await s.MarkAsync();
                await s.Services.Keys.EnsureAsync(default);
                await s.Services.Keys.EnsureAsync(default);  // nothing is missing any more
            },
            Local(AuditDetailKind.KeysChanged)),
        ["Keys.DiscardAsync"] = Of(
            async s =>
            {
                await s.Origin.RestartOnOwnKeystoreAsync();
                await s.MarkAsync();
                await s.Services.Keys.DiscardAsync(default);
            },
            Local(AuditDetailKind.KeysChanged)),
        ["Keys.PublishedAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.NotEmpty(await s.Services.Keys.PublishedAsync(0, default));
        }),
        ["Keys.Find"] = Nothing(async s =>
        {
            await s.MarkAsync();
            s.Services.Keys.Find(default);
        }),
        ["Keys.NeedsKeysOfAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Services.Keys.NeedsKeysOfAsync(s.Receiver.Id, default);
        }),
        ["Keys.LearnAsync"] = Nothing(async s =>
        {
            var published = await s.Receiver.Services.Keys.PublishedAsync(0, default);
            await s.MarkAsync();
            Assert.True((await s.Services.Keys.LearnAsync(s.Receiver.Id, published, default)).IsOk);
        }),
        ["Keys.CurrentOfAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.True((await s.Services.Keys.CurrentOfAsync(s.Receiver.Id, default)).IsOk);
        }),
        ["Keys.ForgetAsync"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Services.Keys.ForgetAsync(s.Receiver.Id, default);
        }),
    };

    private static WalkRow Settled(
        Func<Scene, ClaimedPacket, DeliveryAnswer> answer, params IReadOnlyList<Noted> atOrigin) => Of(
        async s =>
        {
            var packet = await ClaimAsync(s);
            await s.MarkAsync();
            await SettleAsync(s, packet, answer(s, packet));
        },
        atOrigin);

    private static async Task<ClaimedPacket> ClaimAsync(Scene scene)
    {
        await scene.Network.QueueAsync();
        return Assert.Single(await scene.Services.Dispatch.ClaimAsync(scene.Receiver.Id, 1, default));
    }

    private static Task SettleAsync(Scene scene, ClaimedPacket packet, DeliveryAnswer answer) =>
        scene.Services.Dispatch.SettleAsync(scene.Receiver.Id, [(packet, answer)], default);

    private static DeliveryAnswer.Receipted Receipted(Scene scene, ClaimedPacket packet, ReceiptOutcome outcome)
    {
        var hash = Envelope.Parse(packet.Envelope).Value.Hash;
        var receipt = Receipt.Issue(scene.Receiver.Keys.Identity, packet.Id, hash, outcome, scene.Network.Now);
        return new DeliveryAnswer.Receipted(new StoredReceipt(receipt.Record, receipt.Signature));
    }
}
