using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Opens one section for a person to read. Consent is asked again at every opening, and every opening is
/// logged before its content is shown, a denied one as well.</summary>
public sealed class OpenSection(NodeContext node, ReadHeldSection held)
{
    private readonly Conversations _conversations = new(node);
    private readonly CaseFiles _cases = new(node);

    /// <summary>Opens a section.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="referralId">The referral.</param>
    /// <param name="category">Which section.</param>
    /// <param name="purpose">Why; must be granted.</param>
    /// <param name="ct">Ends the wait until the reading is logged.</param>
    /// <returns>The section, or a refusal: then nothing was shown.</returns>
    public async Task<Result<SectionView>> OpenAsync(
        Actor actor, RowId referralId, Category category, Purpose purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var read = actor.RefuseCasework() is { } denied
            ? denied
            : await ReadAsync(referralId, category, purpose, ct);
        var isOpened = read.TryGet(out _, out var refusal);
        var audited = node.Local(
            new AuditDetail
            {
                Kind = isOpened ? AuditDetailKind.SectionOpened : AuditDetailKind.AccessDenied,
                At = node.Now,
                UserId = actor.UserId.ToArray(),
                Role = (byte)actor.Role,
                Purpose = purpose,
                Categories = [category],
                ReferralId = referralId.ToArray(),
                ReasonCode = (int)(refusal?.Code ?? RefusalCode.Unspecified),
            },
            isOpened ? AuditOutcome.Done : AuditOutcome.Refused);
        await node.Store.CommitAsync(new NodeTransaction("section-open", audited), ct);
        return read;
    }

    private async Task<Result<SectionView>> ReadAsync(
        RowId referralId, Category category, Purpose purpose, CancellationToken ct)
    {
        if (!(await _conversations.GetAsync(referralId, ct)).TryGet(out var conversation, out var refusal))
        {
            return refusal;
        }

        return conversation.Incoming
            ? await ReadReceivedAsync(conversation.File, category, purpose, ct)
            : await ReadOwnAsync(conversation, category, ct);
    }

    private async Task<Result<SectionView>> ReadReceivedAsync(
        ConversationFile file, Category category, Purpose purpose, CancellationToken ct)
    {
        if (file.Find(category) is not { } section)
        {
            return new Refusal(
                RefusalCode.GrantMissing, "The person did not agree that you get this section, so you do not have it.",
                "category");
        }

        if (file.Excerpt is null)
        {
            return new Refusal(RefusalCode.ConsentMissing, "There is no consent to rely on.");
        }

        if (!file.Excerpt.Decide(category, purpose, node.Now).TryGet(out _, out var refusal))
        {
            return refusal;
        }

        if (node.Now >= section.Entry.ExpiresAt)
        {
            return new Refusal(RefusalCode.SectionExpired, "The time for which the person agreed is over.");
        }

        return (await held.ReadAsync(section, ct))
            .Then<SectionView>(opened => new SectionView(opened, section.Entry.Version, WarningsOf(file)));
    }

    private async Task<Result<SectionView>> ReadOwnAsync(
        Conversation conversation, Category category, CancellationToken ct)
    {
        if (conversation.CaseId is not { } caseId)
        {
            return new Refusal(RefusalCode.NotFound, "This enquiry has no case.", "referral_id");
        }

        if (!(await _cases.GetAsync(caseId, ct)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        return person.File.Find(category) is { } section
            ? SectionReader.Read(category, section.Content.Span, node.Now)
                .Then<SectionView>(opened => new SectionView(opened, section.Version, []))
            : new Refusal(RefusalCode.NotFound, "The case has no such section.", "category");
    }

    // A gap is shown, never hidden: what is missing may be a change of exactly this.
    private static RefusalCode[] WarningsOf(ConversationFile file) =>
        file.Missing > 0 ? [RefusalCode.SectionGap] : [];
}
