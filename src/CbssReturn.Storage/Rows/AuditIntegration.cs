using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One step of the audit log: what leaves the intake and how the tree looks then.</summary>
public sealed record AuditIntegration
{
    /// <summary>Most entries in one step.</summary>
    public const int EntriesMax = 4096;

    /// <summary>The sequencer's generation.</summary>
    public required long Generation { get; init; }

    /// <summary>Size of the tree that the step was made for.</summary>
    public required long ExpectedSize { get; init; }

    /// <summary>1 to <see cref="EntriesMax"/> entries in their order: those made of intake rows first, by rising
    /// sequence and none left out, then pads.</summary>
    public required IReadOnlyList<IntegratedEntry> Entries { get; init; }

    /// <summary>Every tile that the entries changed, as it is afterwards.</summary>
    public required IReadOnlyList<Tile> Tiles { get; init; }

    /// <summary>Root of the tree afterwards.</summary>
    public required Digest Root { get; init; }

    /// <summary>Size of the tree afterwards.</summary>
    public long NewSize => ExpectedSize + Entries.Count;
}
