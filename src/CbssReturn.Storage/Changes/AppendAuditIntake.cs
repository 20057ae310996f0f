using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Hands an entry to the audit log. Every transaction that is not house-keeping has at least one. Never a
/// conflict.</summary>
/// <param name="Row">The entry.</param>
public sealed record AppendAuditIntake(AuditIntakeRow Row) : StoreChange;
