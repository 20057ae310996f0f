using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Stores a packet that was opened, or remembers one that was refused, with the receipt that its sender gets
/// again and again. Conflict: (sender's key, packet id) is known; then nothing else of the transaction is kept either,
/// and the stored receipt is the answer.</summary>
/// <param name="Row">The row, <see cref="ReceivedState.Stored"/> or <see cref="ReceivedState.Refused"/>. Its referral
/// is stored or comes earlier in the transaction.</param>
/// <param name="Body">The envelope as received, 1 byte to 16 MiB, when the row has its secrets; otherwise
/// empty: the packet was refused, or says again what another one said.</param>
public sealed record AddReceived(ReceivedRow Row, ReadOnlyMemory<byte> Body) : StoreChange;
