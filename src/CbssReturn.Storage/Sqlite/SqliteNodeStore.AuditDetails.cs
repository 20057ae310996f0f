using System.Buffers.Binary;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>What entries commit to and the tree does not hold.</content>
public sealed partial class SqliteNodeStore
{
    // The time of an entry, POSIX seconds in 8 bytes, big-endian (docs/spec/audit-log.md, entry v1).
    private const string SelectEntryTime = "SELECT substr(entry, 9, 8) FROM audit_entries WHERE idx = $idx";

    private const string SelectDetail =
        "SELECT idx, digest, kek_id, wrapped_key, ciphertext FROM audit_details WHERE idx = $idx";

    private const string SelectDetails = """
        SELECT audit_details.idx, digest, kek_id, wrapped_key, ciphertext
        FROM audit_details JOIN audit_entries ON audit_entries.idx = audit_details.idx
        WHERE audit_details.idx > $after AND audit_details.idx < $end AND substr(entry, 9, 8) < $before
        ORDER BY audit_details.idx LIMIT $max
        """;

    private const string DeleteDetail = "DELETE FROM audit_details WHERE idx = $idx AND digest = $digest";

    /// <inheritdoc />
    public Task<AuditDetailRow?> GetDetailAsync(long index, CancellationToken ct)
    {
        AuditRules.CheckIndex(index);
        return _readers.ReadAsync(session => session.QueryOne(SelectDetail, ReadDetail, ("$idx", index)), ct);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditDetailRow>> ListDetailsAsync(
        long after, DateTimeOffset before, int max, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, -1);
        AuditRules.CheckMoment(before);
        CheckMax(max);
        var time = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, before.ToUnixTimeSeconds());
        return _readers.ReadAsync<IReadOnlyList<AuditDetailRow>>(
            session => session.Query(
                SelectDetails,
                ReadDetail,
                ("$after", after),
                ("$end", FindEnd(session, time)),
                ("$before", time),
                ("$max", max)),
            ct);
    }

    private static bool Apply(SqliteSession session, EraseDetail change) =>
        session.Execute(DeleteDetail, ("$idx", change.Index), ("$digest", change.Digest)) == 1;

    /// <summary>Finds, by halving, an index at and behind which nothing is older, so that a list ends there instead of
    /// at the end of the log. Time runs a little backwards at places; what is missed there is found a minute later.
    /// </summary>
    private static long FindEnd(SqliteSession session, byte[] time)
    {
        var (low, high) = (0L, ReadHead(session).Size);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var found = session.QueryOne(SelectEntryTime, static reader => reader.GetBlob(0), ("$idx", middle));
            if (found is not null && found.AsSpan().SequenceCompareTo(time) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static AuditDetailRow ReadDetail(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetDigest(1), reader.GetSealed(2));
}
