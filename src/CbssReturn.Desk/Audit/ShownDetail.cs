using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;

namespace CbssReturn.Desk.Audit;

/// <summary>An entry of the audit log with what it hides.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Entry">What stands in the tree.</param>
/// <param name="Detail">What stands beside it.</param>
public sealed record ShownDetail(long Index, LogEntry Entry, AuditDetail Detail);
