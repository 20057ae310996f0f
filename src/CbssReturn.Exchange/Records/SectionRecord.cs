using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Records;

/// <summary>Where the newest version of a section of a conversation lies.</summary>
/// <param name="Entry">Category, purpose, version, end, digest.</param>
/// <param name="PacketId">Packet that holds it.</param>
/// <param name="PartIndex">Part of that packet's envelope.</param>
/// <param name="RowId">Row of the inbox or outbox, 16 bytes.</param>
public sealed record SectionRecord(SectionEntry Entry, PacketId PacketId, int PartIndex, ReadOnlyMemory<byte> RowId);
