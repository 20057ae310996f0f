using System.Diagnostics.CodeAnalysis;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Where the audit log ends, who may append to it, and whether it may be signed.</content>
public sealed partial class SqliteNodeStore
{
    private const string GenerationName = "audit-generation";
    private const string StateName = "audit-state";
    private const string StateKey = "audit.state";

    private const string SelectHead = "SELECT size, root, generation FROM audit_head WHERE id = 1";

    private const string UpdateHead = """
        UPDATE audit_head SET size = $size, root = $root, generation = $generation, row_hash = $row_hash WHERE id = 1
        """;

    /// <inheritdoc />
    public Task<AuditHead> BeginGenerationAsync(CancellationToken ct) => WriteAsync(
        new CallRequest<AuditHead>(GenerationName, static session =>
        {
            var head = ReadHead(session);
            head = head with { Generation = head.Generation + 1 };
            return (PutHead(session, head), head);
        }),
        ct);

    /// <inheritdoc />
    public Task<AuditHead> GetAuditHeadAsync(CancellationToken ct) => _readers.ReadAsync(ReadHead, ct);

    /// <inheritdoc />
    public Task WaitForAuditIntakeAsync(CancellationToken ct) => _intake.WaitAsync(ct);

    /// <inheritdoc />
    public Task<AuditLogState> GetAuditLogStateAsync(CancellationToken ct) => _readers.ReadAsync(ReadState, ct);

    /// <inheritdoc />
    public Task SetAuditLogStateAsync(AuditLogState state, CancellationToken ct)
    {
        AuditRules.Check(state);
        return WriteAsync(
            new CallRequest<bool>(
                StateName,
                session => (Apply(session, new PutMeta(StateKey, new[] { (byte)state }), StateName), true)),
            ct);
    }

    private static AuditHead ReadHead(SqliteSession session) =>
        session.QueryOne(SelectHead, ReadHeadRow) ?? throw Damaged("The audit log has no head.");

    private static bool PutHead(SqliteSession session, AuditHead head) => session.Execute(
        UpdateHead,
        ("$size", head.Size),
        ("$root", head.Root),
        ("$generation", head.Generation),
        ("$row_hash", AuditRowHash.OfHead(head.Size, head.Root, head.Generation))) == 1;

    private static AuditLogState ReadState(SqliteSession session) =>
        session.QueryOne(SelectMeta, static reader => reader.GetBlob(0), ("$key", StateKey)) switch
        {
            null => AuditLogState.Signing,
            [var state] when Enum.IsDefined((AuditLogState)state) => (AuditLogState)state,
            _ => throw Damaged("The state of the audit log is none."),
        };

    private static AuditHead ReadHeadRow(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetDigest(1), reader.GetInt64(2));

    private static StoreException Damaged(string what) => new(SqliteErrors.DatabaseCorrupt(what));

    [SuppressMessage("Usage", "VSTHRD003",
        Justification = "The writer's thread answers; it never waits for the caller.")]
    private async Task<T> WriteAsync<T>(CallRequest<T> request, CancellationToken ct)
    {
        await _writer.AcceptAsync(request, ct);
        return await request.Answer;
    }
}
