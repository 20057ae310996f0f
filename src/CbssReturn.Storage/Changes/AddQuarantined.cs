using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Keeps a packet aside that could not be opened, with its reason and its receipt. Of older ones of the same
/// key only that is kept, beyond <see cref="StoreLimits.QuarantinedBodiesMax"/> and
/// <see cref="StoreLimits.QuarantinedSizeBytesMax"/>. Conflict: (sender's key, packet id) is known.</summary>
/// <param name="Row">The row, <see cref="ReceivedState.Quarantined"/>, with a reason.</param>
/// <param name="Body">The envelope as received, 1 byte to 16 MiB.</param>
public sealed record AddQuarantined(ReceivedRow Row, ReadOnlyMemory<byte> Body) : StoreChange;
