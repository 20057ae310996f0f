using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Referrals;

/// <summary>Reads conversations out of the store and makes the change that puts one back.</summary>
internal sealed class Conversations(NodeContext node)
{
    public async Task<Result<Conversation>> GetAsync(RowId referralId, CancellationToken ct) =>
        await node.Store.GetConversationAsync(referralId, ct) is { } row
            ? Open(row)
            : new Refusal(RefusalCode.NotFound, "There is no referral with this id here.", "referral_id");

    /// <summary>Finds a conversation of exactly this peer: another member who uses its id finds nothing.</summary>
    public async Task<Conversation?> FindAsync(NodeId peer, ConversationId id, CancellationToken ct) =>
        await node.Store.FindConversationAsync(IndexOf(peer, id), ct) is { } row ? Open(row).Value : null;

    public Result<Conversation> Open(ConversationRow row) =>
        node.Open(SealedRows.Conversations, row.ReferralId, row.Sealed).Then<Conversation>(bytes => new Conversation(
            row.ReferralId,
            row.CaseId,
            row.Incoming,
            (ReferralState)row.State,
            row.Version,
            row.CreatedAt,
            row.UpdatedAt,
            ConversationFileCodec.Decode(bytes)));

    public PutConversation Put(Conversation conversation)
    {
        var now = node.Time.GetUtcNow();
        var sealedFile = node.Seal(
            SealedRows.Conversations, conversation.ReferralId, ConversationFileCodec.Encode(conversation.File));
        return new PutConversation(
            new ConversationRow
            {
                ReferralId = conversation.ReferralId,
                Index = IndexOf(conversation.File.Peer, conversation.File.Conversation),
                CaseId = conversation.CaseId,
                Incoming = conversation.Incoming,
                State = (byte)conversation.State,
                Version = conversation.Version + 1,
                Sealed = sealedFile,
                CreatedAt = conversation.CreatedAt,
                UpdatedAt = now,
            },
            conversation.Version);
    }

    private ConversationIndex IndexOf(NodeId peer, ConversationId id) => ConversationIndex.FromBytes(
        node.Keys.BlindIndex(SealedRows.Conversations, [.. peer.ToArray(), .. id.ToArray()]));
}
