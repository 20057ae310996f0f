namespace CbssReturn.Storage.Changes;

/// <summary>Changes nothing: the rest of the transaction relies on a case as it was read. Conflict: the stored version
/// is not the expected one.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">The version that was read, 1 or more.</param>
public sealed record ExpectCase(RowId CaseId, long Version) : StoreChange;
