using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Cases and consents.</content>
public sealed partial class SqliteNodeStore
{
    private const string InsertCase = """
        INSERT INTO cases (case_id, version, kek_id, wrapped_key, ciphertext, updated_at, updated_by)
        VALUES ($case_id, $version, $kek_id, $wrapped_key, $ciphertext, $updated_at, $updated_by)
        ON CONFLICT DO NOTHING
        """;

    private const string UpdateCase = """
        UPDATE cases SET version = $version, kek_id = $kek_id, wrapped_key = $wrapped_key, ciphertext = $ciphertext,
            updated_at = $updated_at, updated_by = $updated_by
        WHERE case_id = $case_id AND version = $version - 1
        """;

    private const string SelectCase = """
        SELECT case_id, version, kek_id, wrapped_key, ciphertext, updated_at FROM cases WHERE case_id = $case_id
        """;

    private const string SelectCaseOfVersion =
        "SELECT count(*) FROM cases WHERE case_id = $case_id AND version = $version";

    private const string InsertConsent = """
        INSERT INTO consents (consent_id, version, case_id, recorded_at, kek_id, wrapped_key, ciphertext, updated_by)
        SELECT $consent_id, $version, $case_id, $recorded_at, $kek_id, $wrapped_key, $ciphertext, $updated_by
        WHERE $version = 1 + coalesce((SELECT max(version) FROM consents WHERE consent_id = $consent_id), 0)
            AND NOT EXISTS (SELECT 1 FROM consents WHERE consent_id = $consent_id AND case_id <> $case_id)
        """;

    private const string SelectNewestConsent = """
        SELECT consent_id, version, case_id, kek_id, wrapped_key, ciphertext, recorded_at FROM consents
        WHERE case_id = $case_id ORDER BY sequence DESC LIMIT 1
        """;

    /// <inheritdoc />
    public Task<CaseRow?> GetCaseAsync(RowId caseId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectCase, ReadCase, ("$case_id", caseId)), ct);

    /// <inheritdoc />
    public Task<ConsentRow?> GetNewestConsentAsync(RowId caseId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectNewestConsent, ReadConsent, ("$case_id", caseId)), ct);

    private static bool Apply(SqliteSession session, PutCase change, string name) => session.Execute(
        change.ExpectedVersion == 0 ? InsertCase : UpdateCase,
        ("$case_id", change.Row.CaseId),
        ("$version", change.Row.Version),
        ("$kek_id", change.Row.Sealed.KekId),
        ("$wrapped_key", change.Row.Sealed.WrappedKey),
        ("$ciphertext", change.Row.Sealed.Ciphertext),
        ("$updated_at", change.Row.UpdatedAt),
        ("$updated_by", name)) == 1;

    private static bool Apply(SqliteSession session, ExpectCase change) => session.QueryNumber(
        SelectCaseOfVersion, ("$case_id", change.CaseId), ("$version", change.Version)) == 1;

    private static bool Apply(SqliteSession session, AddConsent change, string name) => session.Execute(
        InsertConsent,
        ("$consent_id", change.Row.ConsentId),
        ("$version", change.Row.Version),
        ("$case_id", change.Row.CaseId),
        ("$recorded_at", change.Row.RecordedAt),
        ("$kek_id", change.Row.Sealed.KekId),
        ("$wrapped_key", change.Row.Sealed.WrappedKey),
        ("$ciphertext", change.Row.Sealed.Ciphertext),
        ("$updated_by", name)) == 1;

    private static CaseRow ReadCase(SqliteDataReader reader) => new()
    {
        CaseId = reader.GetRowId(0),
        Version = reader.GetInt64(1),
        Sealed = reader.GetSealed(2),
        UpdatedAt = reader.GetMoment(5),
    };

    private static ConsentRow ReadConsent(SqliteDataReader reader) => new()
    {
        ConsentId = reader.GetRowId(0),
        Version = reader.GetInt64(1),
        CaseId = reader.GetRowId(2),
        Sealed = reader.GetSealed(3),
        RecordedAt = reader.GetMoment(6),
    };
}
