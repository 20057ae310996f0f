using CbssReturn.Casework.Consent;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Cases;

/// <summary>Records what a person agreed to, and shows it again. A new talk is a new version; nothing is
/// overwritten.</summary>
public sealed class RecordConsent(NodeContext node)
{
    private readonly CaseFiles _cases = new(node);
    private readonly RecallPackets _recall = new(node);

    /// <summary>Records a consent. Packets that wait to leave and that it no longer covers are taken back.</summary>
    /// <param name="actor">Who held the talk.</param>
    /// <param name="caseId">The case; null opens a new one.</param>
    /// <param name="terms">What was agreed.</param>
    /// <param name="ct">Honoured until the record is accepted.</param>
    /// <returns>The case and the consent, or a refusal: then nothing was recorded.</returns>
    public async Task<Result<RecordedConsent>> RecordAsync(
        Actor actor, RowId? caseId, ConsentTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(terms);
        if (actor.RefuseCasework() is { } denied)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { CaseId = IdOf(caseId) }, ct);
        }

        var found = caseId is { } id
            ? await _cases.GetAsync(id, ct)
            : new OpenCase(RowId.New(node.Time), 0, new CaseFile { Alias = terms.SubjectAlias }, null);
        if (!found.TryGet(out var person, out var refusal)
            || !Next(person, terms).TryGet(out var consent, out refusal)
            || !RecipientCheck.CheckGrants(node, consent).TryGet(out _, out refusal))
        {
            return refusal;
        }

        if (person.File.StoppedPossibleMinor)
        {
            return new Refusal(RefusalCode.PossibleMinor, "The person may be under 18; the flow was stopped.");
        }

        var changed = person with { File = person.File with { Alias = terms.SubjectAlias }, Consent = consent };
        var committed = await _recall.CommitAsync(
            "consent-record",
            [
                _cases.Put(changed),
                _cases.Add(person.Id, consent),
                node.Local(DetailOf(actor, AuditDetailKind.ConsentRecorded, person.Id, consent)),
            ],
            changed,
            actor,
            ct);
        return committed.Then<RecordedConsent>(leftCount => new RecordedConsent(person.Id, consent, leftCount));
    }

    /// <summary>Shows the newest version of a case's consent; logged as a reading before it is shown, a denied one as
    /// well.</summary>
    /// <returns>The consent, or a refusal.</returns>
    public async Task<Result<ConsentRecord>> ShowAsync(Actor actor, RowId caseId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseCasework() is { } denied)
        {
            return await node.DenyAsync(actor, denied, detail => detail with { CaseId = caseId.ToArray() }, ct);
        }

        if (!(await _cases.GetAsync(caseId, ct)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        if (person.Consent is not { } consent)
        {
            return new Refusal(RefusalCode.ConsentMissing, "The case has no consent yet.");
        }

        await node.Store.CommitAsync(
            new NodeTransaction(
                "consent-show", node.Local(DetailOf(actor, AuditDetailKind.ConsentShown, caseId, consent))),
            ct);
        return consent;
    }

    private Result<ConsentRecord> Next(OpenCase person, ConsentTerms terms) =>
        person.Consent?.Revise(terms, node.Now) ?? ConsentRecord.Create(terms, node.Now);

    private static byte[] IdOf(RowId? id) => id?.ToArray() ?? [];

    private AuditDetail DetailOf(Actor actor, AuditDetailKind kind, RowId caseId, ConsentRecord consent) => new()
    {
        Kind = kind,
        CaseId = caseId.ToArray(),
        At = node.Now,
        UserId = actor.UserId.ToArray(),
        Role = (byte)actor.Role,
        ConsentId = consent.Id.ToArray(),
        ConsentVersion = consent.Version,
        Categories = [.. consent.Grants.Select(grant => grant.Category).Distinct()],
    };
}
