using CbssReturn.Casework.Consent;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Cases;

/// <summary>Reads cases out of the store and makes the changes that put them back.</summary>
internal sealed class CaseFiles(NodeContext node)
{
    public async Task<Result<OpenCase>> GetAsync(RowId id, CancellationToken ct)
    {
        if (await node.Store.GetCaseAsync(id, ct) is not { } row)
        {
            return new Refusal(RefusalCode.NotFound, "There is no case with this id here.", "case_id");
        }

        if (!node.Open(SealedRows.Cases, row.CaseId, row.Sealed).TryGet(out var bytes, out var refusal))
        {
            return refusal;
        }

        var consent = await ReadConsentAsync(id, ct);
        return consent.TryGet(out var read, out refusal)
            ? new OpenCase(id, row.Version, CaseFileCodec.Decode(bytes), read.Record)
            : refusal;
    }

    public PutCase Put(OpenCase person) => new(
        new CaseRow
        {
            CaseId = person.Id,
            Version = person.Version + 1,
            Sealed = node.Seal(SealedRows.Cases, person.Id, CaseFileCodec.Encode(person.File)),
            UpdatedAt = node.Time.GetUtcNow(),
        },
        person.Version);

    public AddConsent Add(RowId caseId, ConsentRecord consent)
    {
        var id = RowId.FromBytes(consent.Id.ToArray());
        return new AddConsent(new ConsentRow
        {
            ConsentId = id,
            Version = consent.Version,
            CaseId = caseId,
            Sealed = node.Keys.Seal(
                node.Time.GetUtcNow(),
                SealedRows.Consents,
                SealedRows.ConsentRow(id, consent.Version),
                ConsentCodec.Encode(consent)),
            RecordedAt = node.Time.GetUtcNow(),
        });
    }

    private async Task<Result<NewestConsent>> ReadConsentAsync(RowId caseId, CancellationToken ct)
    {
        if (await node.Store.GetNewestConsentAsync(caseId, ct) is not { } row)
        {
            return new NewestConsent(null);
        }

        var place = SealedRows.ConsentRow(row.ConsentId, row.Version);
        return node.Keys.Open(SealedRows.Consents, place, row.Sealed)
            .Then<NewestConsent>(bytes => Check(row, ConsentCodec.Decode(bytes, node.Now)));
    }

    // The binding says so already; what decides about a person's sections is worth a second look.
    private static Result<NewestConsent> Check(ConsentRow row, ConsentRecord consent) =>
        consent.Version == row.Version && RowId.FromBytes(consent.Id.ToArray()) == row.ConsentId
            ? new NewestConsent(consent)
            : new Refusal(RefusalCode.SealedContentCorrupt, "Sealed content in the store does not open.");

    private readonly record struct NewestConsent(ConsentRecord? Record);
}
