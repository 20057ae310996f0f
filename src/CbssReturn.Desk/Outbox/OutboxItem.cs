using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>One packet that waits or waited.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Peer">The recipient's node id; empty when the row cannot be opened.</param>
/// <param name="Now">The moment of looking, which tells a running lease from an ended one.</param>
public sealed record OutboxItem(OutboxRow Row, string Peer, DateTimeOffset Now)
{
    /// <summary>QUEUED, SENDING, DELIVERED, REFUSED, CONFLICT, UNDELIVERED or CANCELLED.</summary>
    public string State => Row.State is OutboxState.Queued && Row.LeaseUntil > Now
        ? "SENDING"
        : Row.State.ToString().ToUpperInvariant();
}
