namespace CbssReturn.Desk.Audit;

/// <summary>A part of what one log says about the packets between two nodes.</summary>
/// <param name="Tags">In the order of the log.</param>
/// <param name="NextIndex">Where to go on; the size that is held when there is no more.</param>
/// <param name="CoveredUntil">Time of the newest entry that was looked at, UTC; null for none.</param>
public sealed record LogTags(IReadOnlyList<LogTag> Tags, long NextIndex, DateTimeOffset? CoveredUntil);
