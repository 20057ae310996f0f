namespace CbssReturn.Storage.Rows;

/// <summary>A packet that a worker may now send.</summary>
/// <param name="Row">The row as it is under the lease.</param>
/// <param name="Body">The envelope.</param>
/// <param name="HadMayHaveLeft">Whether any byte may have left <b>before</b> this claim. A worker that sent nothing
/// passes it to <see cref="Changes.DeferOutbox"/>, so that the packet can still be taken back.</param>
public sealed record ClaimedOutboxRow(OutboxRow Row, ReadOnlyMemory<byte> Body, bool HadMayHaveLeft);
