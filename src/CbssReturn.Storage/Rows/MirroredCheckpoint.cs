using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>A checkpoint of another node's log as it came.</summary>
/// <param name="Size">Entries that it covers; more or fewer than are held.</param>
/// <param name="Root">Their root.</param>
/// <param name="Note">The whole note, 1 byte to 16 KiB.</param>
public sealed record MirroredCheckpoint(long Size, Digest Root, ReadOnlyMemory<byte> Note);
