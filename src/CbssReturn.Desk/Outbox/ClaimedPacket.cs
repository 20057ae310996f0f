using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Outbox;

/// <summary>A packet that a worker holds under a lease.</summary>
/// <param name="Row">Its outbox row.</param>
/// <param name="Id">Its packet id.</param>
/// <param name="Envelope">The envelope as it goes over the wire.</param>
/// <param name="Attempts">How often it was claimed, this time included.</param>
/// <param name="HadMayHaveLeft">Whether it may have left the node before this claim.</param>
/// <param name="GiveUpAt">When it counts as undelivered, UTC.</param>
public sealed record ClaimedPacket(
    RowId Row, PacketId Id, ReadOnlyMemory<byte> Envelope, int Attempts, bool HadMayHaveLeft, DateTimeOffset GiveUpAt);
