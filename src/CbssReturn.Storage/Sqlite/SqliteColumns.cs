using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Reads columns as the types that rows are made of.</summary>
internal static class SqliteColumns
{
    public static byte[] GetBlob(this SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    public static byte[]? GetBlobOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBlob(column);

    public static RowId GetRowId(this SqliteDataReader reader, int column) => RowId.FromBytes(reader.GetBlob(column));

    public static RowId? GetRowIdOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetRowId(column);

    public static Digest GetDigest(this SqliteDataReader reader, int column) =>
        Digest.FromBytes(reader.GetBlob(column));

    public static Digest? GetDigestOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDigest(column);

    public static DateTimeOffset GetMoment(this SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? GetMomentOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetMoment(column);

    public static RefusalCode? GetCodeOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : (RefusalCode)reader.GetInt32(column);

    /// <summary>Reads three columns from <paramref name="column"/> on: kek_id, wrapped_key, ciphertext.</summary>
    public static SealedContent GetSealed(this SqliteDataReader reader, int column) =>
        new((uint)reader.GetInt64(column), reader.GetBlob(column + 1), reader.GetBlob(column + 2));

    /// <summary>Reads the same three columns where they may be null together.</summary>
    public static SealedContent? GetSealedOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetSealed(column);

    /// <summary>Reads two columns from <paramref name="column"/> on: receipt_record, receipt_signature.</summary>
    public static StoredReceipt? GetReceiptOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new StoredReceipt(reader.GetBlob(column), reader.GetBlob(column + 1));
}
