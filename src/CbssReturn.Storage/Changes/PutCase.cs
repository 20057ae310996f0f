using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Stores a case, or its next version. Conflict: the stored version is not the expected one.</summary>
/// <param name="Row">The case; its version is one more than the expected one.</param>
/// <param name="ExpectedVersion">The version that is replaced; 0 to add the case.</param>
public sealed record PutCase(CaseRow Row, long ExpectedVersion) : StoreChange;
