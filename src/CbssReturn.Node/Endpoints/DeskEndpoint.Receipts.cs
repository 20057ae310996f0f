using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;
using FinalPlace = CbssReturn.Contracts.Desk.V1.FinalPlace;
using PacketReceipt = CbssReturn.Contracts.Desk.V1.PacketReceipt;

namespace CbssReturn.Node.Endpoints;

/// <summary>The calls about receipts.</summary>
internal sealed partial class DeskEndpoint
{
    /// <inheritdoc/>
    public override async Task<ProvePacketResponse> ProvePacket(ProvePacketRequest request, ServerCallContext context)
    {
        var id = PacketId.Parse(request.PacketId).TryGet(out var parsed, out var refusal)
            ? parsed
            : throw RefusalStatus.ToRpcException(refusal.Within("packet_id"));
        var proven = (await services.Prove.ProveAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new ProvePacketResponse
        {
            Proof = UnsafeByteOperations.UnsafeWrap(proven.File),
            Place = ToWire(proven.Place),
            Recipient = proven.Recipient?.Id.ToString() ?? string.Empty,
            RecipientKey = proven.RecipientKey is { } key ? Convert.ToHexStringLower(key.Bytes.Span) : string.Empty,
        };
    }

    private static PacketReceipt ToWire(CbssReturn.Desk.Receipts.PacketReceipt receipt) => new()
    {
        Outcome = receipt.Outcome.ToString().ToUpperInvariant(),
        ReceivedAt = DeskForm.Seconds(receipt.At),
        Final = receipt.Final is { } final ? ToWire(final) : null,
    };

    private static FinalPlace ToWire(CbssReturn.Desk.Receipts.FinalPlace place) => new()
    {
        Log = place.Origin,
        Index = (ulong)place.Index,
        Size = (ulong)place.Size,
        Witnesses = (uint)place.WitnessCount,
        CosignedAt = DeskForm.Seconds(place.CosignedAt),
    };
}
