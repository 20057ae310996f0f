using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Nodes;

/// <summary>What a log says about packets with one other node, as its auditor tells it.</summary>
/// <param name="Tags">In the order of the log, each index once.</param>
/// <param name="NextIndex">Where to go on.</param>
/// <param name="CoveredUntil">Moment of the newest entry that was looked at; null for none.</param>
internal sealed record TagPage(IReadOnlyList<TagEntry> Tags, long NextIndex, DateTimeOffset? CoveredUntil);
