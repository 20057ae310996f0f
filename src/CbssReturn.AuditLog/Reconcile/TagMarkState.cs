namespace CbssReturn.AuditLog;

/// <summary>An entry that a <see cref="TagLedger"/> remembers.</summary>
/// <param name="Index">Its index.</param>
/// <param name="At">Its moment, POSIX seconds.</param>
public sealed record TagMarkState(long Index, long At);
