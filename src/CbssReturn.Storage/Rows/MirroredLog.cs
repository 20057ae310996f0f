using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>How much this node holds of a log that is pushed to it.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Entries that are held, from 0.</param>
/// <param name="Root">Their root.</param>
public sealed record MirroredLog(string Origin, long Size, Digest Root);
