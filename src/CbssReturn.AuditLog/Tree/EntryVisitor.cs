using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Looks at one entry while a tree is audited.</summary>
/// <param name="index">The entry's index.</param>
/// <param name="entry">The entry, as long as the call lasts.</param>
/// <returns>Null to go on, or why the entry is wrong.</returns>
/// <remarks>What is seen is not proved before the audit has ended well: keep it apart until then.</remarks>
public delegate Refusal? EntryVisitor(long index, ReadOnlySpan<byte> entry);
