using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Receipts;

/// <summary>A packet whose receipt is not final yet.</summary>
/// <param name="Row">Its outbox row.</param>
/// <param name="Id">Its packet id.</param>
public sealed record UnprovenPacket(RowId Row, PacketId Id);
