using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Referrals;

/// <summary>Holds a coded answer against what the person wants, as the sections at hand tell it: her word on the
/// embassy and on the pickup binds whoever answers, at both ends. Nothing of a section is shown.</summary>
internal sealed class AnswerCheck(NodeContext node, ReadHeldSection held)
{
    private readonly CaseFiles _cases = new(node);

    public async Task<Result<Done>> CheckAsync(Conversation conversation, CodedAnswer answer, CancellationToken ct)
    {
        var result = answer switch
        {
            _ when !DisclosureRules.MayLeaveStoppedCase(answer.Kind) && await IsStoppedAsync(conversation, ct) =>
                DraftReferral.PossibleMinor(),
            DocumentReport report => await CheckAsync(conversation, report, ct),
            PickupAnswer pickup => await CheckAsync(conversation, pickup, ct),
            ArrivalReport arrival => await CheckAsync(conversation, arrival, ct),
            _ => Done.Instance,
        };
        return result.TryGet(out _, out var refusal) ? Done.Instance : refusal.Within("answer");
    }

    private async Task<Result<Done>> CheckAsync(Conversation conversation, DocumentReport report, CancellationToken ct)
    {
        var section = await held.FindAsync(conversation, Category.TravelDocs, ct) as TravelDocumentsSection;
        return report.CheckAgainst((await PermissionsAsync(conversation, ct)).EmbassyContact, section);
    }

    private async Task<Result<Done>> CheckAsync(Conversation conversation, PickupAnswer pickup, CancellationToken ct) =>
        conversation.File.Find(Category.Movement) is { } newest
            ? pickup.CheckAgainst(newest.Entry.Version, await ChoiceAsync(conversation, ct))
            : Done.Instance;

    private async Task<Result<Done>> CheckAsync(
        Conversation conversation, ArrivalReport arrival, CancellationToken ct) =>
        conversation.File.Find(Category.Movement) is null
            ? Done.Instance
            : arrival.CheckAgainst(await ChoiceAsync(conversation, ct));

    // The origin knows what the person says now; a recipient, what it was told last.
    private async Task<Permissions> PermissionsAsync(Conversation conversation, CancellationToken ct) =>
        conversation.CaseId is { } caseId && (await _cases.GetAsync(caseId, ct)).TryGet(out var person, out _)
            ? person.Consent?.Permissions ?? new Permissions()
            : RecipientCheck.PermissionsIn(conversation.File.Excerpt);

    private async Task<bool> IsStoppedAsync(Conversation conversation, CancellationToken ct) =>
        conversation.CaseId is { } caseId
        && (await _cases.GetAsync(caseId, ct)).TryGet(out var person, out _)
        && person.File.StoppedPossibleMinor;

    private async Task<PickupChoice> ChoiceAsync(Conversation conversation, CancellationToken ct) =>
        await held.FindAsync(conversation, Category.Movement, ct) is MovementSection plan
            ? plan.Details.PickupChoice
            : PickupChoice.Unspecified;
}
