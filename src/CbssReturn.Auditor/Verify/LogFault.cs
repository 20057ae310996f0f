using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Verify;

/// <summary>Why a log was not verified.</summary>
/// <param name="Refusal">Which rule said no; its field is the file that is meant.</param>
/// <param name="Index">Index of the entry that is meant; null when it is about no single one.</param>
/// <param name="Evidence">Bytes that show it, by the names of <see cref="AuditLog.EvidenceName"/>.</param>
internal sealed record LogFault(
    Refusal Refusal, long? Index, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Evidence);
