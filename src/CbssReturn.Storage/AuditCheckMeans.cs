using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage;

/// <summary>What a check of the store needs from those who hold keys. Without one of these, what it would tell is not
/// checked.</summary>
public sealed record AuditCheckMeans
{
    /// <summary>Whether a detail opens and has the digest that it is kept under.</summary>
    public Func<AuditDetailRow, bool>? DetailOpens { get; init; }

    /// <summary>Whether the signatures under a note are those of the log that it names and of witnesses that are
    /// known.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? NoteIsGenuine { get; init; }

    /// <summary>Whether an entry is the pad for its place, so that it has no detail: its index, the entry, and the leaf
    /// hash of the one before it, <c>default</c> for the first.</summary>
    public Func<long, LogEntry, Digest, bool>? IsPad { get; init; }

    /// <summary>Name of the own log, which each of its notes must bear.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether the detail of an entry was lost with a database that was put back, and the log says so. Asked
    /// when every detail that is there has been opened.</summary>
    public Func<long, bool>? IsLost { get; init; }
}
