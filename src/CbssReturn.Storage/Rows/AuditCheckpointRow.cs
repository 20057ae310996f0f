using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>One checkpoint of the own log: what may be signed for this size, and nothing else for ever.</summary>
public sealed record AuditCheckpointRow
{
    /// <summary>Largest note, in bytes.</summary>
    public const int NoteSizeBytesMax = 16384;

    /// <summary>Entries that it covers.</summary>
    public required long Size { get; init; }

    /// <summary>Their root.</summary>
    public required Digest Root { get; init; }

    /// <summary>End of its publishing interval, UTC, kept to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The sequencer that recorded it.</summary>
    public required long Generation { get; init; }

    /// <summary>The signed note with the cosignatures so far, at most <see cref="NoteSizeBytesMax"/> bytes; null until
    /// it is signed.</summary>
    public ReadOnlyMemory<byte>? Note { get; init; }
}
