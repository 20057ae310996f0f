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
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Referrals;

/// <summary>Seals a draft for its recipient and puts it into the outbox.</summary>
public sealed class SendReferral(NodeContext node, EpochKeys keys, OutboxSignal signal)
{
    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);
    private readonly PacketQueue _queue = new(node, keys);

    /// <summary>Sends a draft. Consent is asked again now: what was granted when it was drafted may have
    /// ended.</summary>
    /// <returns>The outbox row, or a refusal: then nothing was sealed and nothing leaves.</returns>
    public async Task<Result<RowId>> SendAsync(Actor actor, RowId referralId, CancellationToken ct)
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

        // The recipient's time to answer runs from now, however long the draft lay.
        var file = conversation.File with
        {
            RespondBy = Deadlines.RespondBy(conversation.File.Priority, node.Now),
        };
        conversation = conversation with { File = file };
        if (conversation.State is not ReferralState.Draft || conversation.Incoming)
        {
            return new Refusal(RefusalCode.AlreadySent, "This referral was sent before; it was not sent again.");
        }

        var kind = file.Stage is DisclosureStage.Enquiry ? MessageKind.Enquiry : MessageKind.ReferralSubmit;
        if (!ReferralMachine.OnSent(conversation.State, ConversationRole.Origin, kind, file.DraftAnswer)
                .TryGet(out var state, out refusal)
            || !(await DraftAsync(conversation, kind, ct)).TryGet(out var drafted, out refusal))
        {
            return refusal;
        }

        var draft = drafted.Packet;
        if (!CheckRecipient(file, draft).TryGet(out _, out refusal)
            || !(await _queue.SealAsync(conversation, draft, DetailOf(actor, draft), ct))
                .TryGet(out var queued, out refusal))
        {
            return refusal;
        }

        var outcome = await node.Store.CommitAsync(
            new NodeTransaction(
                "referral-send",
                [
                    _conversations.Put(conversation with { State = state, File = queued.File }),
                    .. drafted.Relied,
                    .. queued.Changes,
                ]),
            ct);
        if (!outcome.IsCommitted)
        {
            return new Refusal(
                RefusalCode.ChangedMeanwhile, "The draft, or what the person agreed to, changed while it was sealed.");
        }

        signal.Set();
        return queued.Row;
    }

    private async Task<Result<Drafted>> DraftAsync(
        Conversation conversation, MessageKind kind, CancellationToken ct)
    {
        var file = conversation.File;
        var heading = Headings.Next(file, kind);
        if (conversation.CaseId is not { } caseId)
        {
            return new Drafted(new PacketDraft { Heading = heading, Answer = file.DraftAnswer }, []);
        }

        return (await _cases.GetAsync(caseId, ct)).TryGet(out var person, out var refusal)
            ? DraftOf(person, file, heading).Then<Drafted>(
                packet => new Drafted(packet, [new ExpectCase(person.Id, person.Version)]))
            : refusal;
    }

    private Result<PacketDraft> DraftOf(OpenCase person, ConversationFile file, PacketHeading heading)
    {
        if (person.File.StoppedPossibleMinor)
        {
            return DraftReferral.PossibleMinor();
        }

        if (file.DraftSections.Count == 0)
        {
            return new PacketDraft { Heading = heading, Answer = file.DraftAnswer };
        }

        if (!SectionSelection.Check(person, file.DraftSections, RecipientOf(file), node.Now)
            .TryGet(out _, out var refusal))
        {
            return refusal;
        }

        var salt = RecipientSalt.FromBytes(file.RecipientSalt.Span).Value;
        if (!person.Consent!.ExcerptFor(RecipientOf(file), salt).TryGet(out var excerpt, out refusal))
        {
            return refusal;
        }

        return new PacketDraft
        {
            Heading = heading with { RetentionUntil = excerpt.Grants.Max(grant => grant.ExpiresAt) },
            Excerpt = excerpt,
            Sections =
            [
                .. file.DraftSections.Select(choice =>
                {
                    var section = person.File.Find(choice.Category)!;  // checked above
                    return new SectionDraft(choice.Category, choice.Purpose, section.Version, section.Content);
                }),
            ],
        };
    }

    private Result<Done> CheckRecipient(ConversationFile file, PacketDraft draft) => RecipientCheck.Check(
        node,
        file.Peer,
        draft.Heading.Kind,
        CategoriesOf(draft),
        RecipientCheck.PermissionsIn(draft.Excerpt));

    private AuditDetail DetailOf(Actor actor, PacketDraft draft) => new()
    {
        Kind = AuditDetailKind.PacketSealed,
        At = node.Now,
        UserId = actor.UserId.ToArray(),
        Role = (byte)actor.Role,
        Categories = [.. CategoriesOf(draft)],
    };

    private static IEnumerable<Category> CategoriesOf(PacketDraft draft) =>
        draft.Sections.Select(section => section.Category);

    private static RecipientId RecipientOf(ConversationFile file) => RecipientId.FromBytes(file.Peer.ToArray()).Value;

    // What the packet says, and that the case is still as it was read.
    private sealed record Drafted(PacketDraft Packet, IReadOnlyList<StoreChange> Relied);
}
