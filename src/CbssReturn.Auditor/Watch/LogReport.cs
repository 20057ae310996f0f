using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Watch;

/// <summary>How one log stands after a round.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Number of entries that were audited.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="AlarmCount">How many alarms of it have been raised and are remembered.</param>
/// <param name="Unreachable">Why it could not be read; null when it could.</param>
internal sealed record LogReport(
    string Origin, long Size, LogStanding Standing, int AlarmCount, Refusal? Unreachable);
