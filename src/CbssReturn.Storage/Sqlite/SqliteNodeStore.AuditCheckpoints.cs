using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <content>Checkpoints of the own log: for each size one root, whatever fails.</content>
public sealed partial class SqliteNodeStore
{
    private const string CheckpointName = "audit-checkpoint";
    private const string NoteName = "audit-note";

    private const string CheckpointColumns = "size, root, at, generation, note";

    private const string InsertCheckpoint = """
        INSERT INTO audit_checkpoints (size, root, at, generation, row_hash)
        VALUES ($size, $root, $at, $generation, $row_hash)
        """;

    private const string UpdateNote = "UPDATE audit_checkpoints SET note = $note WHERE size = $size";

    private const string SelectCheckpoint = $"SELECT {CheckpointColumns} FROM audit_checkpoints WHERE size = $size";

    private const string SelectNewestCheckpoint =
        $"SELECT {CheckpointColumns} FROM audit_checkpoints ORDER BY size DESC LIMIT 1";

    private const string SelectSigned =
        $"SELECT {CheckpointColumns} FROM audit_checkpoints WHERE note IS NOT NULL ORDER BY size DESC LIMIT $max";

    /// <inheritdoc />
    public Task<bool> RecordCheckpointAsync(
        long size, Digest root, DateTimeOffset at, long generation, CancellationToken ct)
    {
        AuditRules.CheckIndex(size);
        AuditRules.CheckMoment(at);
        return WriteAsync(
            new CallRequest<bool>(
                CheckpointName, session => Both(RecordCheckpoint(session, new AuditHead(size, root, generation), at))),
            ct);
    }

    /// <inheritdoc />
    public Task<bool> StoreNoteAsync(long size, ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        AuditRules.CheckIndex(size);
        AuditRules.CheckNote(note);
        return WriteAsync(
            new CallRequest<bool>(
                NoteName, session => Both(session.Execute(UpdateNote, ("$note", note), ("$size", size)) == 1)),
            ct);
    }

    /// <inheritdoc />
    public Task<AuditCheckpointRow?> GetNewestCheckpointAsync(bool isSigned, CancellationToken ct) =>
        _readers.ReadAsync(
            session => isSigned
                ? session.QueryOne(SelectSigned, ReadCheckpoint, ("$max", 1))
                : session.QueryOne(SelectNewestCheckpoint, ReadCheckpoint),
            ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditCheckpointRow>> ListSignedCheckpointsAsync(int max, CancellationToken ct)
    {
        CheckMax(max);
        return _readers.ReadAsync<IReadOnlyList<AuditCheckpointRow>>(
            session => session.Query(SelectSigned, ReadCheckpoint, ("$max", max)), ct);
    }

    /// <inheritdoc />
    public Task<AuditCheckpointRow?> GetCheckpointAsync(long size, CancellationToken ct)
    {
        AuditRules.CheckIndex(size);
        return _readers.ReadAsync(session => session.QueryOne(SelectCheckpoint, ReadCheckpoint, ("$size", size)), ct);
    }

    private static bool RecordCheckpoint(SqliteSession session, AuditHead asked, DateTimeOffset at)
    {
        if (ReadHead(session) != asked || ReadState(session) != AuditLogState.Signing)
        {
            return false;
        }

        var newest = session.QueryOne(SelectNewestCheckpoint, ReadCheckpoint);
        if (newest?.Size >= asked.Size)
        {
            return newest.Size == asked.Size && newest.Root == asked.Root;
        }

        return session.Execute(
            InsertCheckpoint,
            ("$size", asked.Size),
            ("$root", asked.Root),
            ("$at", at),
            ("$generation", asked.Generation),
            ("$row_hash", AuditRowHash.OfCheckpoint(asked.Size, asked.Root, at, asked.Generation))) == 1;
    }

    private static AuditCheckpointRow ReadCheckpoint(SqliteDataReader reader) => new()
    {
        Size = reader.GetInt64(0),
        Root = reader.GetDigest(1),
        At = reader.GetMoment(2),
        Generation = reader.GetInt64(3),
        Note = Present(reader.GetBlobOrNull(4)),
    };
}
