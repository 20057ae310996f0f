namespace CbssReturn.AuditLog;

/// <summary>How far one log of a <see cref="TagLedger"/> has been looked at.</summary>
public sealed record TagLogState
{
    /// <summary>Origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>Index of the entry to go on from.</summary>
    public required long NextIndex { get; init; }

    /// <summary>Newest moment up to which the log is known, POSIX seconds; null before the first entry.</summary>
    public long? CoveredUntil { get; init; }

    /// <summary>Entries below this index may have been forgotten.</summary>
    public required long ForgottenBelow { get; init; }

    /// <summary>When the log slept: begin and end of each pause, POSIX seconds, oldest first.</summary>
    public required IReadOnlyList<long> Pauses { get; init; }
}
