using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Movement details on their way.</summary>
/// <param name="OutboxId">The outbox row.</param>
/// <param name="Version">Version of the movement section.</param>
public sealed record SentMovement(RowId OutboxId, uint Version);
