using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Changes nothing: the rest of the transaction relies on an outbox row as it was read, so that what the audit
/// log says of a packet is said of that packet, and once. Conflict: the row is in another state, or another packet lies
/// in it.</summary>
/// <param name="RowId">The outbox row.</param>
/// <param name="PacketId">The packet that was read.</param>
/// <param name="State">The state that was read.</param>
public sealed record ExpectOutbox(RowId RowId, PacketId PacketId, OutboxState State) : StoreChange;
