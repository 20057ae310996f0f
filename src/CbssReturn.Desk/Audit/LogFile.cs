namespace CbssReturn.Desk.Audit;

/// <summary>One file of the static form of a log.</summary>
/// <param name="Path">Its path (c2sp.org/tlog-tiles).</param>
/// <param name="Content">Its bytes.</param>
public sealed record LogFile(string Path, ReadOnlyMemory<byte> Content);
