using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>A checkpoint that came with somebody's call.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Entries that it covers.</param>
/// <param name="Root">Their root.</param>
/// <param name="Note">The whole note, its signature checked, 1 byte to 16 KiB.</param>
/// <param name="IsEvidence">Whether it is kept for good because it contradicts another one. Told when read; when
/// stored, the caller says so of one that it found inconsistent with the newest.</param>
public sealed record SeenCheckpoint(
    string Origin, long Size, Digest Root, ReadOnlyMemory<byte> Note, bool IsEvidence = false);
