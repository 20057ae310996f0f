using CbssReturn.Sealing;

namespace CbssReturn.Storage.Changes;

/// <summary>Puts a newly sealed envelope in the place of one whose key is gone at the recipient; due at once, lease
/// ended, attempts from 0. Conflict: the row is not queued, or the packet id exists.</summary>
/// <param name="RowId">The outbox row.</param>
/// <param name="NewPacketId">Id of the new packet.</param>
/// <param name="Body">The new envelope, 1 byte to 16 MiB.</param>
/// <param name="Sealed">The new content, sealed for table <c>outbox</c> and this row id.</param>
/// <param name="DueAt">When it may be claimed, UTC.</param>
public sealed record ReplaceOutboxEnvelope(
    RowId RowId, PacketId NewPacketId, ReadOnlyMemory<byte> Body, SealedContent Sealed, DateTimeOffset DueAt)
    : StoreChange;
