namespace CbssReturn.Desk.Audit;

/// <summary>An entry, and what proves that a log holds it.</summary>
/// <param name="Entry">The entry, verbatim.</param>
/// <param name="Proof">c2sp.org/tlog-proof@v1, in UTF-8.</param>
public sealed record ProvenEntry(ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Proof);
