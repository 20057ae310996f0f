using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>The way out of a rollback: entries that this node once wrote, lost with its disk and has now read back from
/// an auditor's mirror.</summary>
/// <remarks>Entries that the node has written since, which no recorded checkpoint covers, go back to the intake with
/// their details and are appended behind the adopted ones; pads among them are dropped, and so is an entry whose detail
/// was erased meanwhile, together with the entry that says so.</remarks>
public sealed record AuditAdoption
{
    /// <summary>Most entries in one step.</summary>
    public const int EntriesMax = 65536;

    /// <summary>Most entries of the node's own that one step puts back.</summary>
    public const int TailMax = 65536;

    /// <summary>The sequencer's generation.</summary>
    public required long Generation { get; init; }

    /// <summary>Size of the own tree that the step was made for.</summary>
    public required long ExpectedSize { get; init; }

    /// <summary>Up to which size the own tree and the mirror's agree; at most <see cref="ExpectedSize"/>.</summary>
    public required long CommonSize { get; init; }

    /// <summary>1 to <see cref="EntriesMax"/> entries from <see cref="CommonSize"/> on, 113 or 149 bytes
    /// each.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; init; }

    /// <summary>Every tile that the entries changed, as it is afterwards.</summary>
    public required IReadOnlyList<Tile> Tiles { get; init; }

    /// <summary>Root of the tree afterwards.</summary>
    public required Digest Root { get; init; }

    /// <summary>What is told the log about it, in the same transaction; behind everything that waits.</summary>
    public IReadOnlyList<AuditIntakeRow> Notices { get; init; } = [];

    /// <summary>Size of the tree afterwards.</summary>
    public long NewSize => CommonSize + Entries.Count;
}
