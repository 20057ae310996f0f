using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Sends where and when somebody arrives, to a recipient that has accepted: disclosure stage C, the shortest
/// life, the fewest eyes.</summary>
public sealed class SendMovement(NodeContext node, EpochKeys keys, OutboxSignal signal)
{
    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);
    private readonly PacketQueue _queue = new(node, keys);

    /// <summary>Sends the movement section, and saves it in the case first when it is new.</summary>
    /// <param name="actor">Who sends.</param>
    /// <param name="referralId">The referral.</param>
    /// <param name="section">A new movement section; null sends the newest one of the case.</param>
    /// <param name="ct">Honoured until the packet is accepted.</param>
    /// <returns>The outbox row and the section's version, or a refusal: then nothing was saved and nothing
    /// leaves.</returns>
    public async Task<Result<SentMovement>> SendAsync(
        Actor actor, RowId referralId, RecordedSection? section, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCasework() is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { ReferralId = referralId.ToArray() }, ct);
        }

        if (!(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out var refusal))
        {
            return refusal;
        }

        if (conversation.CaseId is not { } caseId || conversation.Incoming)
        {
            return new Refusal(RefusalCode.StateForbids, "Only the origin of a referral plans its journey.");
        }

        // Once a plan is told, the next one is a change of it.
        var change = ReferralMachine.OnSent(conversation.State, conversation.Role, MessageKind.MovementChange, null);
        var kind = change.IsOk ? MessageKind.MovementChange : MessageKind.MovementDetails;
        if (!ReferralMachine.OnSent(conversation.State, conversation.Role, kind, null)
                .TryGet(out var state, out refusal)
            || !(await _cases.GetAsync(caseId, ct)).TryGet(out var person, out refusal))
        {
            return refusal;
        }

        if (section is not null && section.Section.Category is not Category.Movement)
        {
            return new Refusal(RefusalCode.FieldNotAllowed, "This is not a movement section.", "section");
        }

        var updated = section is null
            ? person
            : person with { File = person.File.With(Category.Movement, section.Content, node.Now) };
        if (!DraftOf(conversation, updated, kind).TryGet(out var draft, out refusal)
            || !CheckRecipient(conversation, draft).TryGet(out _, out refusal)
            || !(await _queue.SealAsync(conversation, draft, DetailOf(actor), ct)).TryGet(out var queued, out refusal))
        {
            return refusal;
        }

        var put = _conversations.Put(conversation with { State = state, File = queued.File });
        var outcome = await node.Store.CommitAsync(
            new NodeTransaction("movement-send", [_cases.Put(updated), put, .. queued.Changes]), ct);
        if (!outcome.IsCommitted)
        {
            return new Refusal(RefusalCode.ChangedMeanwhile, "Something changed meanwhile; look again, then send.");
        }

        signal.Set();
        return new SentMovement(queued.Row, draft.Sections[0].Version);
    }

    private Result<PacketDraft> DraftOf(Conversation conversation, OpenCase person, MessageKind kind)
    {
        var file = conversation.File;
        if (person.File.StoppedPossibleMinor)
        {
            return new Refusal(RefusalCode.PossibleMinor, "The person may be under 18, so nothing more is sent.");
        }

        if (person.File.Find(Category.Movement) is not { } movement)
        {
            return new Refusal(RefusalCode.NotFound, "The case has no movement section yet.", "section");
        }

        if (person.Consent is not { } consent)
        {
            return new Refusal(RefusalCode.ConsentMissing, "The case has no consent to rely on.");
        }

        var recipient = RecipientId.FromBytes(file.Peer.ToArray()).Value;
        var salt = RecipientSalt.FromBytes(file.RecipientSalt.Span).Value;
        var granted = consent.GrantsTo(recipient).Where(grant => grant.Category is Category.Movement)
            .Select(grant => consent.Decide(Category.Movement, recipient, grant.Purpose, node.Now))
            .Append(consent.Decide(Category.Movement, recipient, Purpose.Reception, node.Now));
        var decision = granted.FirstOrDefault(decision => decision.IsOk, granted.First());
        if (!decision.TryGet(out var grant, out var refusal)
            || !consent.ExcerptFor(recipient, salt).TryGet(out var excerpt, out refusal))
        {
            return refusal;
        }

        return new PacketDraft
        {
            Heading = Headings.Next(file, kind) with { RetentionUntil = grant.ExpiresAt },
            Excerpt = excerpt,
            Sections = [new SectionDraft(Category.Movement, grant.Purpose, movement.Version, movement.Content)],
        };
    }

    private Result<Done> CheckRecipient(Conversation conversation, PacketDraft draft) => RecipientCheck.Check(
        node,
        conversation.File.Peer,
        draft.Heading.Kind,
        [Category.Movement],
        RecipientCheck.PermissionsIn(draft.Excerpt));

    private AuditDetail DetailOf(Actor actor) => new()
    {
        Kind = AuditDetailKind.PacketSealed,
        At = node.Now,
        UserId = actor.UserId.ToArray(),
        Role = (byte)actor.Role,
        Categories = [Category.Movement],
    };
}
