using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Puts a sealed packet in the outbox. Conflict: the packet id exists.</summary>
/// <param name="Row">A new row, <see cref="OutboxState.Queued"/>. Its referral is stored or comes earlier in the
/// transaction.</param>
/// <param name="Body">The envelope, 1 byte to 16 MiB.</param>
public sealed record Enqueue(OutboxRow Row, ReadOnlyMemory<byte> Body) : StoreChange;
