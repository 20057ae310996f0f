using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Conversations.</content>
public sealed partial class SqliteNodeStore
{
    private const string ConversationColumns = """
        referral_id, conversation_index, case_id, incoming, state, version, kek_id, wrapped_key, ciphertext,
        created_at, updated_at
        """;

    private const string InsertConversation = """
        INSERT INTO conversations (referral_id, conversation_index, case_id, incoming, created_at, state, version,
            kek_id, wrapped_key, ciphertext, updated_at, updated_by)
        VALUES ($referral_id, $conversation_index, $case_id, $incoming, $created_at, $state, $version,
            $kek_id, $wrapped_key, $ciphertext, $updated_at, $updated_by)
        ON CONFLICT DO NOTHING
        """;

    private const string UpdateConversation = """
        UPDATE conversations SET state = $state, version = $version, kek_id = $kek_id, wrapped_key = $wrapped_key,
            ciphertext = $ciphertext, updated_at = $updated_at, updated_by = $updated_by
        WHERE referral_id = $referral_id AND version = $version - 1
        """;

    private const string MarkConversation = """
        UPDATE conversations SET state = $to, updated_at = $updated_at, updated_by = $updated_by
        WHERE referral_id = $referral_id AND state = $from
        """;

    private const string SelectConversation =
        $"SELECT {ConversationColumns} FROM conversations WHERE referral_id = $referral_id";

    private const string SelectConversationByIndex =
        $"SELECT {ConversationColumns} FROM conversations WHERE conversation_index = $conversation_index";

    private const string SelectConversations =
        $"SELECT {ConversationColumns} FROM conversations ORDER BY referral_id DESC LIMIT $max";

    private const string SelectConversationsOfCase = $"""
        SELECT {ConversationColumns} FROM conversations
        WHERE case_id = $case_id ORDER BY referral_id DESC LIMIT $max
        """;

    /// <inheritdoc />
    public Task<ConversationRow?> GetConversationAsync(RowId referralId, CancellationToken ct) => _readers.ReadAsync(
        session => session.QueryOne(SelectConversation, ReadConversation, ("$referral_id", referralId)), ct);

    /// <inheritdoc />
    public Task<ConversationRow?> FindConversationAsync(ConversationIndex index, CancellationToken ct) =>
        _readers.ReadAsync(
            session => session.QueryOne(
                SelectConversationByIndex, ReadConversation, ("$conversation_index", index)),
            ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<ConversationRow>> ListConversationsAsync(RowId? caseId, int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<ConversationRow>>(
            session => caseId is { } id
                ? session.Query(SelectConversationsOfCase, ReadConversation, ("$case_id", id), ("$max", max))
                : session.Query(SelectConversations, ReadConversation, ("$max", max)),
            ct);
    }

    private static bool Apply(SqliteSession session, PutConversation change, string name)
    {
        var row = change.Row;
        return change.ExpectedVersion == 0
            ? session.Execute(
                InsertConversation,
                ("$referral_id", row.ReferralId),
                ("$conversation_index", row.Index),
                ("$case_id", row.CaseId),
                ("$incoming", row.Incoming),
                ("$created_at", row.CreatedAt),
                ("$state", row.State),
                ("$version", row.Version),
                ("$kek_id", row.Sealed.KekId),
                ("$wrapped_key", row.Sealed.WrappedKey),
                ("$ciphertext", row.Sealed.Ciphertext),
                ("$updated_at", row.UpdatedAt),
                ("$updated_by", name)) == 1
            : session.Execute(
                UpdateConversation,
                ("$state", row.State),
                ("$version", row.Version),
                ("$kek_id", row.Sealed.KekId),
                ("$wrapped_key", row.Sealed.WrappedKey),
                ("$ciphertext", row.Sealed.Ciphertext),
                ("$updated_at", row.UpdatedAt),
                ("$updated_by", name),
                ("$referral_id", row.ReferralId)) == 1;
    }

    private static bool Apply(SqliteSession session, MarkConversationState change, string name) => session.Execute(
        MarkConversation,
        ("$to", change.To),
        ("$updated_at", change.UpdatedAt),
        ("$updated_by", name),
        ("$referral_id", change.ReferralId),
        ("$from", change.From)) == 1;

    private static ConversationRow ReadConversation(SqliteDataReader reader) => new()
    {
        ReferralId = reader.GetRowId(0),
        Index = ConversationIndex.FromBytes(reader.GetBlob(1)),
        CaseId = reader.GetRowIdOrNull(2),
        Incoming = reader.GetBoolean(3),
        State = reader.GetByte(4),
        Version = reader.GetInt64(5),
        Sealed = reader.GetSealed(6),
        CreatedAt = reader.GetMoment(9),
        UpdatedAt = reader.GetMoment(10),
    };
}
