using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One of the node's own daily envelope keys.</summary>
public sealed record EpochSeedRow
{
    /// <summary>The day, in days since 1970-01-01 UTC.</summary>
    public required uint Day { get; init; }

    /// <summary>The published record, <see cref="PeerEpochKeyRow.RecordSizeBytes"/> bytes.</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>Its signature, 64 bytes.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The private seed, sealed for table <c>epoch_seeds</c> and the day as 4 bytes, big-endian, under a key
    /// of its own; null once destroyed.</summary>
    public SealedContent? Seed { get; init; }

    /// <summary>When the seed was destroyed, UTC, kept to the millisecond; null while it is held.</summary>
    public DateTimeOffset? DestroyedAt { get; init; }
}
