using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Sends one coded answer in a conversation: enquiry answer, acknowledgement, decision, document report,
/// pickup answer, arrival report or cancellation.</summary>
public sealed class SendAnswer(NodeContext node, EpochKeys keys, OutboxSignal signal, ReadHeldSection held)
{
    private readonly Conversations _conversations = new(node);
    private readonly PacketQueue _queue = new(node, keys);
    private readonly AnswerCheck _check = new(node, held);

    /// <summary>Sends an answer.</summary>
    /// <returns>The outbox row, or a refusal: then nothing was sealed and nothing leaves.</returns>
    public async Task<Result<RowId>> SendAsync(Actor actor, RowId referralId, CodedAnswer answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(answer);
        if ((answer is EnquiryAnswer ? actor.RefuseCorrespondence() : actor.RefuseCasework()) is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { ReferralId = referralId.ToArray() }, ct);
        }

        if (!(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out var refusal))
        {
            return refusal;
        }

        if (!ReferralMachine.OnSent(conversation.State, conversation.Role, answer.Kind, answer)
                .TryGet(out var state, out refusal)
            || !(await _check.CheckAsync(conversation, answer, ct)).TryGet(out _, out refusal)
            || !CheckRecipient(conversation, answer).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var draft = new PacketDraft
        {
            Heading = Headings.Next(conversation.File, answer.Kind),
            Answer = answer,
        };
        var sealing = await _queue.SealAsync(conversation, draft, DetailOf(actor), ct);
        if (!sealing.TryGet(out var queued, out refusal))
        {
            return refusal;
        }

        var outcome = await node.Store.CommitAsync(
            new NodeTransaction(
                "answer-send",
                [_conversations.Put(conversation with { State = state, File = queued.File }), .. queued.Changes]),
            ct);
        if (!outcome.IsCommitted)
        {
            return new Refusal(RefusalCode.ChangedMeanwhile, "Something arrived meanwhile; look again, then answer.");
        }

        signal.Set();
        return queued.Row;
    }

    // Ending an enquiry tells no more than the enquiry did.
    private Result<Done> CheckRecipient(Conversation conversation, CodedAnswer answer)
    {
        var kind = answer is Cancellation && conversation.File.Stage is DisclosureStage.Enquiry
            ? MessageKind.Enquiry
            : answer.Kind;
        var permissions = RecipientCheck.PermissionsIn(conversation.File.Excerpt);
        return RecipientCheck.Check(node, conversation.File.Peer, kind, [], permissions);
    }

    private AuditDetail DetailOf(Actor actor) => new()
    {
        Kind = AuditDetailKind.PacketSealed,
        At = node.Now,
        UserId = actor.UserId.ToArray(),
        Role = (byte)actor.Role,
    };
}
