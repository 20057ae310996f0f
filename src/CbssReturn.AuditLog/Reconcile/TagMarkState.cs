namespace CbssReturn.AuditLog;

/// <summary>Place of an entry, and the two moments between which its log has grown by it.</summary>
/// <param name="Index">Index of the entry, counted from 0.</param>
/// <param name="After">Newest moment at which the log was known without it, POSIX seconds; null for none.</param>
/// <param name="By">First moment at which it was known with it, POSIX seconds; null as long as nothing covers
/// it.</param>
public sealed record TagMarkState(long Index, long? After, long? By);
