using CbssReturn.AuditLog;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Node.Tests.Support;
using Google.Protobuf;
using Grpc.Core;
using static CbssReturn.Node.Tests.Walk.RpcRow;

namespace CbssReturn.Node.Tests.Walk;

/// <summary>What the calls of other nodes leave in the log.</summary>
internal static class PeerRpcs
{
    private const string Denied = "Local Refused AccessDenied";

    public static Dictionary<string, RpcRow> Rows { get; } = new()
    {
        ["ExchangeService.Hello"] = Nothing(async s =>
        {
            await s.MarkAsync();
            await s.Exchange.HelloAsync(TestCaller.Hello);
        }),
        ["ExchangeService.GetEpochKeys"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.NotEmpty((await s.Exchange.GetEpochKeysAsync(new GetEpochKeysRequest())).Keys);
        }),
        ["ExchangeService.Deliver"] = AtPeer(
            async s =>
            {
                await s.SendAsync();
                var packet = await s.ClaimAsync();
                await s.MarkAsync();
                Assert.NotNull((await s.CarryAsync(packet.Envelope)).Receipt);
                Assert.NotNull((await s.CarryAsync(packet.Envelope)).Receipt);  // the same again: nothing more
            },
            "PacketReceived Done PacketStored"),
        ["ExchangeService.Deliver, no envelope"] = Nothing(async s =>
        {
            await s.MarkAsync();
            Assert.NotNull((await s.CarryAsync(new byte[100])).Unsigned);
        }),
        ["ExchangeService.GetReceipt"] = Nothing(async s =>
        {
            var (_, packet) = await s.DeliverAsync();
            await s.MarkAsync();
            await s.Exchange.GetReceiptAsync(
                new GetReceiptRequest { PacketId = ByteString.CopyFrom(packet.ToArray()) });
        }),
        ["ExchangeService.GetFinalReceipts"] = Nothing(async s =>
        {
            var (_, packet) = await s.DeliverAsync();
            await s.CoverAsync();
            await s.MarkAsync();
            var got = await s.Exchange.GetFinalReceiptsAsync(new GetFinalReceiptsRequest
            {
                PacketIds = { ByteString.CopyFrom(packet.ToArray()), ByteString.CopyFrom(new byte[16]) },
            });
            Assert.NotNull(Assert.Single(got.Receipts).FinalProof);
        }),
        ["ExchangeService.GetSequences"] = Nothing(async s =>
        {
            await s.DeliverAsync();
            await s.MarkAsync();
            await s.Exchange.GetSequencesAsync(new GetSequencesRequest());
        }),
        ["AuditLogService.PushCheckpoint"] = Nothing(async s =>
        {
            var checkpoint = await s.Here.Audit.PublishAsync();
            await s.MarkAsync();
            await s.Log.PushCheckpointAsync(
                new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) });
        }),
        ["AuditLogService.PushEntries"] = Nothing(async s =>
        {
            var checkpoint = await s.Here.Audit.PublishAsync();
            await s.Log.PushCheckpointAsync(
                new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) });
            await s.MarkAsync();
            await s.PushEntriesAsync(checkpoint.Size);
        }),
        ["AuditLogService.GetCheckpoint"] = Nothing(async s =>
        {
            await s.There.Audit.PublishAsync();
            await s.MarkAsync();
            await s.Log.GetCheckpointAsync(new GetCheckpointRequest());
        }),
        ["AuditLogService.GetTiles"] = Nothing(async s =>
        {
            var checkpoint = await s.There.Audit.PublishAsync();
            await s.MarkAsync();
            var got = await s.LogAsAuditor.GetTilesAsync(new GetTilesRequest
            {
                Origin = s.There.Audit.Origin,
                Paths = { new TileId(0, 0, (int)checkpoint.Size).Path },
            });
            Assert.Single(got.Tiles);
        }),
        ["AuditLogService.GetEntryBundles"] = Nothing(async s =>
        {
            var checkpoint = await s.There.Audit.PublishAsync();
            await s.MarkAsync();
            var got = await s.LogAsAuditor.GetEntryBundlesAsync(new GetEntryBundlesRequest
            {
                Origin = s.There.Audit.Origin,
                Paths = { TileLayout.BundleAt(checkpoint.Size, 0).Path },
            });
            Assert.Single(got.Bundles);
        }),
        ["AuditLogService.GetInclusionProof"] = Nothing(async s =>
        {
            await s.There.Audit.PublishAsync();
            await s.MarkAsync();
            await s.LogAsAuditor.GetInclusionProofAsync(
                new GetInclusionProofRequest { Origin = s.There.Audit.Origin, Index = 0 });
        }),
        ["AuditLogService.GetDetail"] = AtPeer(
            async s =>
            {
                await s.There.Audit.PublishAsync();
                await s.MarkAsync();
                await s.LogAsAuditor.GetDetailAsync(
                    new GetDetailRequest { Origin = s.There.Audit.Origin, Index = 0 });
            },
            "Local Done DetailShown"),
        ["AuditLogService.GetDetail, denied"] = AtPeer(
            async s =>
            {
                await s.There.Audit.PublishAsync();
                await s.MarkAsync();
                await RpcScene.FailsAsync(
                    StatusCode.PermissionDenied,
                    s.Log.GetDetailAsync(new GetDetailRequest { Origin = s.There.Audit.Origin, Index = 0 }));
            },
            Denied),
        ["AuditLogService.GetSeenCheckpoints"] = Nothing(async s =>
        {
            await s.PushAsync();
            await s.MarkAsync();
            await s.Log.GetSeenCheckpointsAsync(new GetSeenCheckpointsRequest { Origin = s.Here.Audit.Origin });
        }),
        ["WitnessService.AddCheckpoint"] = Nothing(async s =>
        {
            var checkpoint = await s.Here.Audit.PublishAsync();
            await s.MarkAsync();
            var body = AuditLog.AddCheckpointRequest.Create(0, [], checkpoint.Note).ToBytes();
            var answer = await s.Witness.AddCheckpointAsync(
                new Contracts.Audit.V1.AddCheckpointRequest { Body = ByteString.CopyFrom(body) });
            Assert.Equal(200U, answer.Status);
        }),
        ["ReconciliationService.ExchangeTags"] = Nothing(async s =>
        {
            await s.DeliverAsync();
            await s.PushAsync();
            await s.MarkAsync();
            var got = await s.Tags.ExchangeTagsAsync(
                new ExchangeTagsRequest { Origin = s.Here.Audit.Origin, AboutOrigin = s.There.Audit.Origin });
            Assert.Equal(2, got.Tags.Count);  // sent, and answered for
        }),
    };
}
