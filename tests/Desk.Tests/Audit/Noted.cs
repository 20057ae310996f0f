using CbssReturn.AuditLog;
using CbssReturn.Exchange.Records;

namespace CbssReturn.Desk.Tests.Audit;

/// <summary>What one entry says, as the table writes it.</summary>
internal sealed record Noted(AuditEvent Event, AuditOutcome Outcome, AuditDetailKind Kind)
{
    public static Noted Denied { get; } =
        new(AuditEvent.Local, AuditOutcome.Refused, AuditDetailKind.AccessDenied);

    public static Noted Local(AuditDetailKind kind, AuditOutcome outcome = AuditOutcome.Done) =>
        new(AuditEvent.Local, outcome, kind);

    public static Noted Sent(AuditOutcome outcome, AuditDetailKind kind) => new(AuditEvent.PacketSent, outcome, kind);
}
