namespace CbssReturn.Storage.Rows;

/// <summary>One entry on its way into the tree.</summary>
/// <param name="Entry">Entry v1, 113 or 149 bytes.</param>
/// <param name="IntakeSequence">The intake row that it was made of; null for a pad, which has none.</param>
/// <param name="Subject">The received or outbox row that it is about; null for none, always null for a pad.</param>
public readonly record struct IntegratedEntry(
    ReadOnlyMemory<byte> Entry, long? IntakeSequence = null, RowId? Subject = null);
