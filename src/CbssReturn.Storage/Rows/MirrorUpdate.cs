using CbssReturn.AuditLog;
using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>What is new of a log that is pushed to this node: entries, a checkpoint, or both.</summary>
public sealed record MirrorUpdate
{
    /// <summary>Most bundles in one step.</summary>
    public const int BundlesMax = 64;

    /// <summary>The log; one that is not held yet begins with 0 entries.</summary>
    public required string Origin { get; init; }

    /// <summary>How many entries were held when the step was made.</summary>
    public required long ExpectedSize { get; init; }

    /// <summary>How many are held afterwards; not fewer.</summary>
    public required long NewSize { get; init; }

    /// <summary>Root of those.</summary>
    public required Digest Root { get; init; }

    /// <summary>The bundles that hold the new entries, as they are afterwards, without a gap: at most
    /// <see cref="BundlesMax"/>, none when the size stays.</summary>
    public IReadOnlyList<MirroredBundle> Bundles { get; init; } = [];

    /// <summary>Every tile that the new entries changed, as it is afterwards.</summary>
    public IReadOnlyList<Tile> Tiles { get; init; } = [];

    /// <summary>A checkpoint to keep; not smaller than the newest one that is kept. Of the same size and root, its note
    /// replaces the kept one.</summary>
    public MirroredCheckpoint? Checkpoint { get; init; }
}
