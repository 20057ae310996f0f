using CbssReturn.Desk.Receipts;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Referrals;

/// <summary>One packet as a person sees it.</summary>
/// <param name="Record">What is kept of it.</param>
/// <param name="PacketId">Its present packet id; a reseal changes it.</param>
/// <param name="State">QUEUED, DELIVERED, REFUSED, CONFLICT, UNDELIVERED, CANCELLED, STORED or PARKED.</param>
/// <param name="Receipt">The recipient's receipt; null for a packet of the peer, and until there is one.</param>
public sealed record PacketView(PacketRecord Record, PacketId PacketId, string State, PacketReceipt? Receipt);
