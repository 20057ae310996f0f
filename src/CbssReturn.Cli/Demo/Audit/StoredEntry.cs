using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Audit;

/// <summary>An entry of an audit log as it lies on a node's disk, changed by somebody who has the disk but not the
/// node.</summary>
internal static class StoredEntry
{
    /// <summary>Writes other bytes over an entry, wherever a database holds it.</summary>
    /// <param name="databasePath">The database of a node that does not run.</param>
    /// <param name="before">The entry as it is.</param>
    /// <param name="after">What stands there afterwards; as long.</param>
    /// <returns>Done, or <see cref="RefusalCode.FileUnreadable"/>: the database does not hold the entry, or still has
    /// something beside it (a node that was not stopped in peace). Then nothing was changed.</returns>
    public static Result<Done> Overwrite(string databasePath, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(after.Length, before.Length);
        var beside = new FileInfo(databasePath + "-wal");
        if (beside is { Exists: true, Length: > 0 })
        {
            return new Refusal(RefusalCode.FileUnreadable, "The database was not closed in peace.", beside.Name);
        }

        using var file = new FileStream(databasePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var found = 0;
        for (var at = 0; content.AsSpan(at).IndexOf(before) is >= 0 and var next; at += next + before.Length)
        {
            file.Position = at + next;
            file.Write(after);
            found++;
        }

        file.Flush(flushToDisk: true);
        return found > 0
            ? Done.Instance
            : new Refusal(RefusalCode.FileUnreadable, "The database does not hold the entry.", "audit_entries");
    }

    /// <summary>The entry with one bit changed that its form does not show, so that only its hash can tell.</summary>
    public static byte[] WithOneBitChanged(ReadOnlySpan<byte> entry)
    {
        var changed = entry.ToArray();
        changed[LogEntry.SizeBytes - 1] ^= 1;
        return changed;
    }
}
