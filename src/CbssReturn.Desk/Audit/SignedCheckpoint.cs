using CbssReturn.AuditLog;

namespace CbssReturn.Desk.Audit;

/// <summary>A checkpoint of this node's log that has left, or may leave, the node.</summary>
/// <param name="Checkpoint">What the log says.</param>
/// <param name="Note">Signed by the log, with the cosignatures that it has by now.</param>
/// <param name="At">End of its publishing interval, UTC.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note, DateTimeOffset At)
{
    /// <summary>Entries that it covers.</summary>
    public long Size => Checkpoint.Size;
}
