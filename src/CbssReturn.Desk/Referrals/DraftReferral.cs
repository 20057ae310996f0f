using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Referrals;

/// <summary>Saves what was entered and drafts a referral or enquiry. Nothing is sealed, nothing leaves.</summary>
public sealed class DraftReferral(NodeContext node)
{
    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);
    private readonly RecallPackets _recall = new(node);

    /// <summary>Drafts.</summary>
    /// <returns>The draft and what its recipient would see, or a refusal: then nothing was saved, but that a possible
    /// minor stops the case for good.</returns>
    public async Task<Result<DraftedReferral>> DraftAsync(Actor actor, ReferralDraft draft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(draft);
        if (RefuseActor(actor, draft) is { } denied)
        {
            return await node.DenyAsync(
                actor, denied, detail => detail with { CaseId = draft.CaseId?.ToArray() ?? [] }, ct);
        }

        var person = await FindCaseAsync(draft, ct);
        if (!person.TryGet(out var found, out var refusal))
        {
            return refusal;
        }

        if (found.Case is { File.StoppedPossibleMinor: true })
        {
            return PossibleMinor();
        }

        var updated = found.Case is { } open ? open with { File = Record(open.File, draft) } : null;
        var included = Select(updated, draft);
        if (!CheckForm(draft).TryGet(out _, out refusal)
            || !included.TryGet(out var choices, out refusal)
            || !CheckRecipient(updated, draft, choices).TryGet(out _, out refusal))
        {
            return refusal;
        }

        return await SaveAsync(actor, draft, updated, choices, ct);
    }

    /// <summary>Stops a case for good: something that was entered says that the person may be under 18.</summary>
    /// <returns>Always a refusal: <see cref="RefusalCode.PossibleMinor"/>, or why the case could not be
    /// stopped.</returns>
    public async Task<Refusal> StopAsync(Actor actor, RowId caseId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCasework() is { } denied)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { CaseId = caseId.ToArray() }, ct);
        }

        while (true)
        {
            if (!(await _cases.GetAsync(caseId, ct)).TryGet(out var person, out var refusal))
            {
                return refusal;
            }

            if (person.File.StoppedPossibleMinor)
            {
                return PossibleMinor();
            }

            // A conflict is somebody else's change of the case: it is read again, and stopped all the same.
            var stopped = person with { File = person.File with { StoppedPossibleMinor = true } };
            var committed = await _recall.CommitAsync(
                "case-stop",
                [
                    _cases.Put(stopped),
                    node.Local(DetailOf(actor, AuditDetailKind.StoppedPossibleMinor, [], caseId, null)),
                ],
                stopped,
                actor,
                ct);
            if (committed.TryGet(out var leftCount, out _) && leftCount > 0)
            {
                return new Refusal(
                    RefusalCode.PossibleMinor,
                    "The person may be under 18, so this flow stops: turn to child protection. What is on its way "
                        + "cannot be called back: see `cbss outbox list`, and telephone the recipient.");
            }
        }
    }

    /// <summary>The refusal of everything that a stopped case is asked for.</summary>
    internal static Refusal PossibleMinor() => new(
        RefusalCode.PossibleMinor,
        "The person may be under 18, so this flow stops: turn to child protection. Nothing was sent.");

    private static Refusal? RefuseActor(Actor actor, ReferralDraft draft) =>
        draft.Stage is DisclosureStage.Enquiry && draft.CaseId is null
            ? actor.RefuseCorrespondence()
            : actor.RefuseCasework();

    private async Task<Result<FoundCase>> FindCaseAsync(ReferralDraft draft, CancellationToken ct)
    {
        if (draft.CaseId is { } id)
        {
            return (await _cases.GetAsync(id, ct)).Then<FoundCase>(person => new FoundCase(person));
        }

        return draft.Stage is DisclosureStage.Enquiry
            ? new FoundCase(null)
            : new Refusal(RefusalCode.FieldMissing, "A referral belongs to a case.", "draft.case_id");
    }

    private CaseFile Record(CaseFile file, ReferralDraft draft) => draft.Sections.Aggregate(
        file, (current, section) => current.With(section.Section.Category, section.Content, node.Now));

    private static Result<Done> CheckForm(ReferralDraft draft)
    {
        var kind = draft.Stage is DisclosureStage.Enquiry ? MessageKind.Enquiry : MessageKind.ReferralSubmit;
        var categories = draft.Sections.Select(section => section.Section.Category)
            .Concat(draft.Choices.Select(choice => choice.Category));

        // An enquiry holds no section at all, so not even a section that is only saved may stand in its draft.
        return draft.Stage is DisclosureStage.Enquiry
            ? DisclosureRules.Check(draft.Stage, kind, [.. categories])
            : Done.Instance;
    }

    private Result<IReadOnlyList<SectionChoice>> Select(OpenCase? person, ReferralDraft draft)
    {
        if (draft.Stage is DisclosureStage.Enquiry)
        {
            return draft.Enquiry is null
                ? new Refusal(RefusalCode.FieldMissing, "An enquiry needs its question.", "draft.enquiry")
                : Array.Empty<SectionChoice>();
        }

        if (draft.Stage is not DisclosureStage.Referral || draft.Enquiry is not null)
        {
            return new Refusal(
                RefusalCode.StageDoesNotFit, "A draft is an enquiry or a referral, not both.", "draft.stage");
        }

        var recipient = RecipientOf(draft);
        var choices = draft.Choices.Count > 0
            ? draft.Choices
            : SectionSelection.AllGranted(person!, recipient, node.Now);
        if (choices.Count == 0)
        {
            return new Refusal(
                RefusalCode.GrantMissing, "The person agreed to share nothing of this case with this recipient.",
                "draft.recipient");
        }

        return SectionSelection.Check(person!, choices, recipient, node.Now).TryGet(out _, out var refusal)
            ? new List<SectionChoice>(choices)
            : refusal.Within("draft");
    }

    private Result<Done> CheckRecipient(OpenCase? person, ReferralDraft draft, IReadOnlyList<SectionChoice> choices)
    {
        // Nobody's consent stands behind an enquiry, also when it is about a case.
        var isEnquiry = draft.Stage is DisclosureStage.Enquiry;
        return RecipientCheck.Check(
            node,
            draft.Recipient,
            isEnquiry ? MessageKind.Enquiry : MessageKind.ReferralSubmit,
            choices.Select(choice => choice.Category),
            (isEnquiry ? null : person?.Consent?.Permissions) ?? new Permissions());
    }

    private async Task<Result<DraftedReferral>> SaveAsync(
        Actor actor, ReferralDraft draft, OpenCase? person, IReadOnlyList<SectionChoice> choices, CancellationToken ct)
    {
        var now = node.Time.GetUtcNow();
        var conversation = new Conversation(
            RowId.New(node.Time), person?.Id, Incoming: false, ReferralState.Draft, 0, now, now,
            new ConversationFile
            {
                Peer = draft.Recipient,
                Conversation = ConversationId.NewRandom(),
                Alias = CaseAlias.NewRandom(),
                Priority = draft.Priority,
                RespondBy = Deadlines.RespondBy(draft.Priority, node.Now),
                FromCountry = draft.FromCountry,
                ToCountry = draft.ToCountry,
                Stage = draft.Stage,
                DraftSections = choices,
                DraftAnswer = draft.Enquiry,
                RecipientSalt = RecipientSalt.NewRandom().ToArray(),
            });
        List<StoreChange> changes = person is null ? [] : [_cases.Put(person)];
        changes.Add(_conversations.Put(conversation));
        changes.Add(node.Local(
            DetailOf(actor, AuditDetailKind.ReferralDrafted, choices, person?.Id, conversation.ReferralId)));
        var outcome = await node.Store.CommitAsync(new NodeTransaction("referral-draft", changes), ct);
        return outcome.IsCommitted
            ? new DraftedReferral(
                conversation.ReferralId,
                choices,
                person is null ? [] : SectionSelection.Withheld(person, choices, RecipientOf(draft), node.Now))
            : new Refusal(RefusalCode.ChangedMeanwhile, "Somebody else changed the case at the same time.");
    }

    private AuditDetail DetailOf(
        Actor actor, AuditDetailKind kind, IReadOnlyList<SectionChoice> choices, RowId? caseId, RowId? referralId) =>
        new()
        {
            Kind = kind,
            At = node.Now,
            UserId = actor.UserId.ToArray(),
            Role = (byte)actor.Role,
            Categories = [.. choices.Select(choice => choice.Category)],
            CaseId = caseId?.ToArray() ?? [],
            ReferralId = referralId?.ToArray() ?? [],
        };

    private static RecipientId RecipientOf(ReferralDraft draft) =>
        RecipientId.FromBytes(draft.Recipient.ToArray()).Value;

    private readonly record struct FoundCase(OpenCase? Case);
}
