using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Verify;

/// <summary>What a log that was verified holds.</summary>
internal sealed record LogVerdict
{
    /// <summary>What the log has signed, and who has cosigned it.</summary>
    public required VerifiedCheckpoint Checkpoint { get; init; }

    /// <summary>Moment of the earliest entry that was read; null when there is none.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>Moment of the latest entry; null when there is none.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>How many entries of each event were read.</summary>
    public required IReadOnlyDictionary<AuditEvent, long> Events { get; init; }

    /// <summary>Size of the earlier checkpoint that this one continues; null when none was given.</summary>
    public long? ContinuesSize { get; init; }
}
