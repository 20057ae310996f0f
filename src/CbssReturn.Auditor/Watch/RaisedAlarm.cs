using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>An alarm that was raised.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="At">When.</param>
/// <param name="Place">Where its evidence lies.</param>
internal sealed record RaisedAlarm(AuditAlarm Alarm, DateTimeOffset At, string Place);
