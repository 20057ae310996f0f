using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>What one look at one log gave. Immutable; nothing of it is saved yet.</summary>
internal sealed record RoundOutcome
{
    /// <summary>The state to save when everything else is done.</summary>
    public required LogState State { get; init; }

    /// <summary>The newest checkpoint that was audited; null before the first.</summary>
    public VerifiedCheckpoint? Checkpoint { get; init; }

    /// <summary>What was found, also what was found before.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The new entries about packets, in order.</summary>
    public IReadOnlyList<(long Index, LogEntry Entry)> Packets { get; init; } = [];

    /// <summary>How the log advanced, in order; the last is the whole.</summary>
    public IReadOnlyList<LogMark> Marks { get; init; } = [];

    /// <summary>Whether a file is missing that the log has grown by; then old ones are not looked at.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Why the source gave nothing; null when it answered.</summary>
    public Refusal? Unreachable { get; init; }
}
