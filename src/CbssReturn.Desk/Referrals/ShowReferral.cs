using CbssReturn.Desk.Receipts;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Referrals;

/// <summary>Shows one referral: its state, its packets and their coded answers, and which sections it holds.</summary>
public sealed class ShowReferral(NodeContext node)
{
    private readonly Conversations _conversations = new(node);
    private readonly ReceiptStanding _receipts = new(node);

    /// <summary>Shows a referral. No section is opened.</summary>
    /// <returns>The referral with the state of each packet, or a refusal.</returns>
    public async Task<Result<ReferralView>> ShowAsync(Actor actor, RowId referralId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCorrespondence() is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { ReferralId = referralId.ToArray() }, ct);
        }

        if (!(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out var refusal))
        {
            return refusal;
        }

        var packets = new List<PacketView>();
        foreach (var packet in conversation.File.Packets)
        {
            packets.Add(await ViewAsync(packet, ct));
        }

        return new ReferralView(conversation, packets);
    }

    private async Task<PacketView> ViewAsync(PacketRecord packet, CancellationToken ct)
    {
        if (packet.Incoming)
        {
            return new PacketView(packet, packet.PacketId, packet.Parked ? "PARKED" : "STORED", null);
        }

        // A reseal changes the packet id in the outbox row, which is therefore the one to show.
        var row = await node.Store.GetOutboxRowAsync(RowId.FromBytes(packet.RowId.Span), ct);
        var state = row?.State ?? OutboxState.Delivered;
        return new PacketView(
            packet,
            row?.PacketId ?? packet.PacketId,
            state.ToString().ToUpperInvariant(),
            row is null ? null : await _receipts.OfAsync(row, ct));
    }
}
